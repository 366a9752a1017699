using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using K124.Sim.Model;
using K124.Sim.Scheduling.State;
using K124.Sim.Scheduling.Volumes;
using K124.Sim.Storage.Migration;
using K124.Sim.Storage.Volumes;

namespace K124.Sim.Scheduling.Plugins;

/// <summary>Keeps pods off nodes whose CSI drivers cannot attach their volumes beside those that are there.</summary>
/// <remarks>Kubernetes 1.24 pkg/scheduler/framework/plugins/nodevolumelimits (csi).</remarks>
internal sealed class NodeVolumeLimits(NodeTable nodes, VolumeState volumes, int index)
    : VolumeLimitsPlugin(nameof(NodeVolumeLimits), nodes, volumes, index)
{
    private const string KeyPrefix = "attachable-volumes-csi-";
    private const string LimitPrefix = "attachable-volumes-";
    private const int LongestKey = 63;
    private const int DriverLetters = 23;
    private const int HashLetters = 16;

    private readonly Dictionary<string, string> _keys = new(StringComparer.Ordinal);

    protected override bool ChecksWithoutNew => false;

    protected override ImmutableDictionary<string, long> LimitsOf(int row)
    {
        var limits = ImmutableDictionary.CreateBuilder<string, long>(StringComparer.Ordinal);
        foreach (var (name, quantity) in Nodes.Nodes[row].Status.Allocatable.Entries)
        {
            if (name.StartsWith(LimitPrefix, StringComparison.Ordinal))
            {
                limits[name] = quantity.Value();
            }
        }

        foreach (var driver in CSINodeOf(row)?.Spec.Drivers ?? [])
        {
            if (driver.Allocatable?.Count is { } count)
            {
                limits[KeyOf(driver.Name)] = count;
            }
        }

        return limits.ToImmutable();
    }

    protected override string? Resolve(Pod pod, Volume volume, bool isNew, List<CountedVolume> found)
    {
        if (Claims.NameOf(pod, volume) is not { } name)
        {
            return null;
        }

        if (name.Length == 0)
        {
            return "PersistentVolumeClaim had no name";
        }

        var key = new ObjectKey(pod.Metadata.Namespace, name);
        if (Binder.ApiClaim(key) is not { } claim)
        {
            return isNew ? $"looking up PVC {key}: persistentvolumeclaim \"{name}\" not found" : null;
        }

        if (volume.PersistentVolumeClaim is null && Claims.OwnershipError(pod, claim) is { } error)
        {
            return error;
        }

        if (claim.Spec.VolumeName.Length > 0 && Volumes.FactsOf(claim.Spec.VolumeName) is { } facts)
        {
            if (facts.Driver is { } driver)
            {
                found.Add(new(new(KeyOf(driver), null, facts.Handle), facts.MigratedPlugin));
            }
        }
        else
        {
            AddUnbound(Claims.ClassOf(claim), key, found);
        }

        return null;
    }

    protected override void ResolveRequest(ClaimRequest request, ObjectKey standIn, List<CountedVolume> found) =>
        AddUnbound(request.ClassName, standIn, found);

    protected override void ResolveBound(VolumeTerms terms, VolumeNames? attached, ObjectKey standIn, List<CountedVolume> found)
    {
        if (terms.Driver is { } driver)
        {
            var key = KeyOf(driver);
            found.Add(new(attached is null ? new(key, standIn.Namespace, standIn.Name) : new(key, null, attached.Handle), terms.InTreePlugin));
        }
    }

    /// <summary>Counts a claim without a volume for the driver that would provision it.</summary>
    private void AddUnbound(string className, ObjectKey claim, List<CountedVolume> found)
    {
        if (className.Length == 0 || Binder.FindClass(className)?.Provisioner is not { Length: > 0 } provisioner)
        {
            return;
        }

        var migrated = CSITranslator.CSIDriverName(provisioner);
        found.Add(new(new(KeyOf(migrated ?? provisioner), claim.Namespace, claim.Name), migrated is null ? null : provisioner));
    }

    /// <summary>Name of the resource under which a node says how many volumes of a driver it can attach; long names end in a hash.</summary>
    private string KeyOf(string driver)
    {
        if (!_keys.TryGetValue(driver, out var key))
        {
            key = KeyPrefix + (KeyPrefix.Length + driver.Length < LongestKey ? driver : driver[..DriverLetters] + Hash(driver));
            _keys.Add(driver, key);
        }

        return key;
    }

    [SuppressMessage("Security", "CA5350", Justification = "Kubernetes makes the names of limits with SHA-1; nothing is protected by it.")]
    private static string Hash(string driver) => Convert.ToHexString(SHA1.HashData(Encoding.UTF8.GetBytes(driver))).ToLowerInvariant()[..HashLetters];
}
