using K124.Sim.Model;
using K124.Sim.Platform;
using K124.Sim.Storage.Expansion;
using K124.Sim.Tests.Storage.Volumes;

namespace K124.Sim.Tests.Storage.Expansion;

/// <summary>Something that happens to a claim that may grow.</summary>
internal abstract record ExpansionStep
{
    /// <summary>A user asks for a size; the API server may refuse.</summary>
    public sealed record Ask(int GiB) : ExpansionStep;

    public sealed record ControllerSync(bool Fails) : ExpansionStep;

    public sealed record Mount(NodeExpandErrorKind? Error, bool ReadOnly) : ExpansionStep;

    public sealed record Look(NodeExpandErrorKind? Error, bool ReadOnly) : ExpansionStep;
}

/// <summary>A bound claim with a device behind it, the controller and one node.</summary>
internal sealed class ExpansionWorld
{
    private readonly ClusterProfile _profile;
    private readonly Device _device = new();
    private readonly VolumeExpandController _controller;
    private readonly NodeVolumeExpander _node;
    private Quantity _recordedSize;
    private bool _isInUseMarked;
    private int _seconds;

    public ExpansionWorld(bool canRecover, bool needsNode, bool isBlock)
    {
        _profile = ClusterProfile.Default.With("RecoverVolumeExpansionFailure", canRecover);
        _device.RequiresFSResize = needsNode;
        _controller = new([_device], _profile);
        _node = new("n", [_device], _profile);
        var mode = isBlock ? "Block" : null;
        Claim = new()
        {
            Metadata = new() { Namespace = "default", Name = "c", Uid = "u" },
            Spec = new() { StorageClassName = "growing", VolumeName = "v", VolumeMode = mode, Resources = new() { Requests = ClaimDice.GiB(4) } },
            Status = new() { Phase = "Bound", Capacity = ClaimDice.GiB(4), Conditions = [new() { Type = "Custom", Status = "True" }] },
        };
        Volume = new()
        {
            Metadata = new() { Name = "v" },
            Spec = new() { Capacity = ClaimDice.GiB(4), VolumeMode = mode, ClaimRef = new() { Namespace = "default", Name = "c", Uid = "u" } },
        };
        _recordedSize = ClaimSize;
    }

    public PersistentVolumeClaim Claim { get; private set; }

    public PersistentVolume Volume { get; private set; }

    public Quantity Request => Claim.Spec.Resources.Requests["storage"];

    public Quantity ClaimSize => Claim.Status.Capacity["storage"];

    public Quantity VolumeSize => Volume.Spec.Capacity["storage"];

    public void Play(ExpansionStep step)
    {
        switch (step)
        {
            case ExpansionStep.Ask(var size):
                Ask(Claim with { Spec = Claim.Spec with { Resources = new() { Requests = ClaimDice.GiB(size) } } });
                break;
            case ExpansionStep.ControllerSync(var fails):
                _device.Fails = fails;
                var result = _controller.Sync(Claim, Volume, DateTimeOffset.UnixEpoch.AddSeconds(_seconds++));
                (Claim, Volume) = (result.Claim, result.Volume!);
                break;
            case ExpansionStep.Mount(var error, var readOnly):
                // What was mounted before is not any more.
                _isInUseMarked = false;
                _device.NodeError = error;
                Take(_node.ExpandAtMount(new("default", "p"), Claim, Volume, readOnly));
                _recordedSize = ClaimSize;
                break;
            case ExpansionStep.Look(var error, var readOnly):
                _device.NodeError = error;
                var looked = _node.ExpandOnline(new("default", "p"), Claim, Volume, _recordedSize, _isInUseMarked, readOnly);
                Take(looked);
                _recordedSize = looked is { NodeExpandCalled: true, Done: true, InUseMarked: false } ? VolumeSize : _recordedSize;
                break;
        }
    }

    private void Ask(PersistentVolumeClaim update)
    {
        var storageClass = new StorageClass { Metadata = new() { Name = "growing" }, AllowVolumeExpansion = true };
        var isRefused = PersistentVolumeClaimResize.Validate(Claim, update, _ => storageClass) is not null
            || !ClaimWrites.Errors(Claim, update, _profile).IsEmpty;
        Claim = isRefused ? Claim : update;
    }

    private void Take(NodeExpansionResult result)
    {
        Claim = result.Claim;
        _isInUseMarked |= result.InUseMarked;
    }

    /// <summary>A device that grows in whole GiB and never shrinks.</summary>
    private sealed class Device : IExpandableVolumePlugin
    {
        private long _sizeGiB = 4;

        public string Name => "csi.example.com";

        public bool RequiresFSResize { get; set; }

        public bool Fails { get; set; }

        public NodeExpandErrorKind? NodeError { get; set; }

        public bool Supports(PersistentVolume volume) => true;

        public VolumeDeviceExpansion ExpandVolumeDevice(PersistentVolume volume, Quantity newSize, Quantity oldSize)
        {
            if (Fails)
            {
                return new(default, "no space");
            }

            _sizeGiB = Math.Max(_sizeGiB, newSize.Value() >> 30);
            return new(Quantity.FromUnits(_sizeGiB << 30, QuantityFormat.BinarySI), null);
        }

        public NodeExpandError? NodeExpand(PersistentVolume volume, Quantity newSize, Quantity oldSize)
        {
            Assert.True(newSize > oldSize, "a node is never asked to shrink");
            return NodeError is { } kind ? new(kind, "broken") : null;
        }
    }
}
