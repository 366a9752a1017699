using K124.Sim.Model;
using K124.Sim.Storage.Volumes;

namespace K124.Sim.Tests.Storage.Volumes;

/// <summary>Something that happens around the PV controller.</summary>
internal abstract record WorldStep
{
    public sealed record SyncClaim(int Index) : WorldStep;

    public sealed record SyncVolume(int Index) : WorldStep;

    public sealed record CreateClaim(PersistentVolumeClaim Claim) : WorldStep;

    public sealed record DeleteClaim(int Index) : WorldStep;

    public sealed record CreateVolume(PersistentVolume Volume) : WorldStep;

    public sealed record DeleteVolume(int Index) : WorldStep;

    /// <summary>The API refuses a write of the next sync.</summary>
    public sealed record FailWrite(int After) : WorldStep;
}

/// <summary>A PV controller with users and an API that may fail around it.</summary>
internal sealed class PersistentVolumeWorld
{
    public const int Names = 4;
    public const string Refusal = "the API is away";

    private int _created;
    private int? _writesUntilFailure;

    public PersistentVolumeWorld() => Controller = new(
        Cluster.Of(ClaimDice.Classes), new() { Plugins = [new FakePlugin()], Api = _ => --_writesUntilFailure < 0 ? Refusal : null });

    public PersistentVolumeController Controller { get; }

    public PersistentVolumeClaim[] Claims => [.. Controller.Claims];

    public PersistentVolume[] Volumes => [.. Controller.Volumes];

    /// <summary>Plays a step.</summary>
    /// <returns>What the sync did; null if the step was none.</returns>
    public VolumeSyncResult? Play(WorldStep step)
    {
        switch (step)
        {
            case WorldStep.SyncClaim(var index):
                return Sync(() => Controller.SyncClaim(new("default", $"c{index}")));
            case WorldStep.SyncVolume(var index):
                return Sync(() => Controller.SyncVolume($"v{index}"));
            case WorldStep.CreateClaim(var claim) when Controller.FindClaim(ObjectKey.Of(claim)) is null:
                Controller.Apply(claim with { Metadata = claim.Metadata with { Uid = $"{claim.Metadata.Uid}-{_created++}" } });
                break;
            case WorldStep.DeleteClaim(var index):
                Controller.Remove<PersistentVolumeClaim>(new("default", $"c{index}"));
                break;
            case WorldStep.CreateVolume(var volume) when Controller.FindVolume(volume.Metadata.Name) is null:
                Controller.Apply(volume);
                break;
            case WorldStep.DeleteVolume(var index):
                Controller.Remove<PersistentVolume>(new("", $"v{index}"));
                break;
            case WorldStep.FailWrite(var after):
                _writesUntilFailure = after;
                break;
        }

        return null;
    }

    /// <summary>Syncs everything, again and again, until nothing changes any more.</summary>
    /// <returns>Rounds that it took; -1 if it did not come to rest.</returns>
    public int Settle(bool volumesFirst)
    {
        _writesUntilFailure = null;
        for (var round = 0; round < 12; round++)
        {
            VolumeSyncKey[] claims = [.. Claims.Select(static claim => new VolumeSyncKey("PersistentVolumeClaim", ObjectKey.Of(claim)))];
            VolumeSyncKey[] volumes = [.. Volumes.Select(static volume => new VolumeSyncKey("PersistentVolume", ObjectKey.Of(volume)))];
            var changed = false;
            foreach (var key in volumesFirst ? volumes.Concat(claims) : claims.Concat(volumes))
            {
                changed |= !Controller.Sync(key).Changes.IsEmpty;
            }

            if (!changed)
            {
                return round;
            }
        }

        return -1;
    }

    /// <summary>Whether a claim and a volume name each other.</summary>
    public static bool IsPair(PersistentVolumeClaim claim, PersistentVolume volume) =>
        claim.Spec.VolumeName == volume.Metadata.Name && volume.Spec.ClaimRef is { } reference && reference.Uid == claim.Metadata.Uid;

    private VolumeSyncResult Sync(Func<VolumeSyncResult> sync)
    {
        var result = sync();
        _writesUntilFailure = null;
        return result;
    }

    private sealed class FakePlugin : IVolumePlugin
    {
        public string Name => "kubernetes.io/fake";

        public bool Supports(PersistentVolume volume) => volume.Spec.HostPath is not null;

        public VolumeProvisioning Provision(PersistentVolumeClaim claim, StorageClass storageClass) => new(
            new()
            {
                Spec = new()
                {
                    HostPath = new() { Path = "/made" },
                    Capacity = claim.Spec.Resources.Requests,
                    AccessModes = claim.Spec.AccessModes,
                    VolumeMode = claim.Spec.VolumeMode,
                },
            },
            null);

        public string? Delete(PersistentVolume volume) => null;

        public string? Recycle(PersistentVolume volume) => null;
    }
}
