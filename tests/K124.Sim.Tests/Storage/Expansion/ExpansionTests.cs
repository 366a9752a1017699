using K124.Sim.Model;
using K124.Sim.Platform;
using K124.Sim.Storage.Expansion;
using K124.Sim.Tests.Storage.Volumes;

namespace K124.Sim.Tests.Storage.Expansion;

public class ExpansionTests
{
    private static readonly ClusterProfile Recovery = ClusterProfile.Default.With("RecoverVolumeExpansionFailure", true);

    [Theory]
    [InlineData("Bound", "growing", 5, null)]
    [InlineData("Bound", "growing", 4, null)]
    [InlineData("Pending", "growing", 5, "Only bound persistent volume claims can be expanded")]
    [InlineData("Bound", "fixed", 5, "only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize")]
    [InlineData("Bound", "", 5, "only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize")]
    [InlineData("Bound", "ghost", 5, "only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize")]
    public void Growth_is_admitted_for_bound_claims_of_classes_that_allow_it(string phase, string className, int size, string? reason)
    {
        var claim = Claim(4);
        claim = claim with { Spec = claim.Spec with { StorageClassName = className }, Status = claim.Status with { Phase = phase } };
        Assert.Equal(
            reason is null ? null : $"persistentvolumeclaims \"c\" is forbidden: {reason}",
            PersistentVolumeClaimResize.Validate(claim, Asking(claim, size), static name => name == "ghost" ? null : new() { AllowVolumeExpansion = name == "growing" }));
    }

    [Theory]
    [InlineData(false, 5, null)]
    [InlineData(false, 3, "spec.resources.requests.storage: Forbidden: field can not be less than previous value")]
    [InlineData(true, 3, null)]
    [InlineData(true, 2, "spec.resources.requests.storage: Forbidden: field can not be less than status.capacity")]
    public void Shrinking_is_refused_down_to_what_the_claim_has(bool canRecover, int size, string? error)
    {
        var claim = Claim(4);
        claim = claim with { Status = claim.Status with { Capacity = ClaimDice.GiB(2) } };
        var errors = ClaimWrites.Errors(claim, Asking(claim, size), canRecover ? Recovery : null);
        Assert.Equal(error is null ? [] : new[] { error }, errors.Select(static item => item.ToString()));
    }

    [Fact]
    public void Volume_name_may_be_set_once_and_nothing_else_changed()
    {
        var bound = Claim(4);
        var unbound = bound with { Spec = bound.Spec with { VolumeName = "" }, Status = new() { Phase = "Pending" } };
        Assert.Empty(ClaimWrites.Errors(unbound, unbound with { Spec = unbound.Spec with { VolumeName = "v" } }));
        Assert.NotEmpty(ClaimWrites.Errors(bound, bound with { Spec = bound.Spec with { VolumeName = "other" } }));
        Assert.NotEmpty(ClaimWrites.Errors(unbound, Asking(unbound, 5)));
        var errors = ClaimWrites.Errors(bound, bound with { Spec = bound.Spec with { AccessModes = ["ReadWriteMany"] } });
        Assert.StartsWith("spec: Forbidden: spec is immutable after creation except resources.requests for bound claims\n", Assert.Single(errors).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Status_keeps_fields_of_the_gate_only_with_it_or_if_they_were_there()
    {
        var claim = Claim(4);
        var update = claim with { Status = claim.Status with { AllocatedResources = ClaimDice.GiB(5), ResizeStatus = "NodeExpansionPending" } };
        Assert.Equal(update.Status, ClaimWrites.Status(claim, update, Recovery));
        Assert.Equal(claim.Status, ClaimWrites.Status(claim, update));
        Assert.Equal(update.Status, ClaimWrites.Status(update, update));
    }

    [Fact]
    public void Claims_are_queued_as_they_grow()
    {
        var claim = Claim(4);
        Assert.True(VolumeExpandController.IsQueued(null, claim));
        Assert.True(VolumeExpandController.IsQueued(claim, Asking(claim, 5)));
        Assert.True(VolumeExpandController.IsQueued(claim, claim with { Status = claim.Status with { Capacity = ClaimDice.GiB(5) } }));
        Assert.False(VolumeExpandController.IsQueued(claim, claim));
        Assert.False(VolumeExpandController.IsQueued(null, claim with { Status = claim.Status with { Phase = "Pending" } }));
    }

    [Fact]
    public void Volume_that_is_gone_is_an_error()
    {
        var result = new VolumeExpandController([]).Sync(Claim(4), volume: null, DateTimeOffset.UnixEpoch);
        Assert.Equal("failed to get PV \"v\": persistentvolume \"v\" not found", result.Error);
        Assert.Equal(Claim(4), result.Claim);
    }

    [Fact]
    public void Volume_in_use_is_let_be_while_it_is_mounted()
    {
        var claim = Claim(4);
        var volume = new PersistentVolume { Metadata = new() { Name = "v" }, Spec = new() { Capacity = ClaimDice.GiB(6) } };
        var node = new NodeVolumeExpander("n", [new InUse()]);
        var result = node.ExpandOnline(new("default", "p"), claim, volume, claim.Status.Capacity["storage"], isInUseMarked: false, readOnly: false);
        Assert.Equal((true, true, true, null), (result.Done, result.InUseMarked, result.NodeExpandCalled, result.OnlineError));
        var again = node.ExpandOnline(new("default", "p"), claim, volume, claim.Status.Capacity["storage"], result.InUseMarked, readOnly: false);
        Assert.Equal((true, true, false), (again.Done, again.InUseMarked, again.NodeExpandCalled));
        var recovering = new NodeVolumeExpander("n", [new InUse()], Recovery)
            .ExpandOnline(new("default", "p"), claim, volume, claim.Status.Capacity["storage"], isInUseMarked: false, readOnly: false);
        Assert.Equal("volume resizing failed for unknown reason", recovering.OnlineError);
        Assert.Equal("NodeExpansionFailed", recovering.Claim.Status.ResizeStatus);
    }

    private static PersistentVolumeClaim Claim(int size) => new()
    {
        Metadata = new() { Namespace = "default", Name = "c", Uid = "u" },
        Spec = new() { StorageClassName = "growing", VolumeName = "v", Resources = new() { Requests = ClaimDice.GiB(size) } },
        Status = new() { Phase = "Bound", Capacity = ClaimDice.GiB(size) },
    };

    private static PersistentVolumeClaim Asking(PersistentVolumeClaim claim, int size) =>
        claim with { Spec = claim.Spec with { Resources = new() { Requests = ClaimDice.GiB(size) } } };

    private sealed class InUse : IExpandableVolumePlugin
    {
        public string Name => "csi.example.com";

        public bool RequiresFSResize => true;

        public bool Supports(PersistentVolume volume) => true;

        public VolumeDeviceExpansion ExpandVolumeDevice(PersistentVolume volume, Quantity newSize, Quantity oldSize) => new(newSize, null);

        public NodeExpandError? NodeExpand(PersistentVolume volume, Quantity newSize, Quantity oldSize) =>
            new(NodeExpandErrorKind.FailedPrecondition, "in use");
    }
}
