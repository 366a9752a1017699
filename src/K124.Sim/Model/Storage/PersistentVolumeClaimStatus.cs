using System.Collections.Immutable;

namespace K124.Sim.Model;

/// <summary>Observed state of a <see cref="PersistentVolumeClaim"/>.</summary>
public sealed record PersistentVolumeClaimStatus
{
    internal static readonly PersistentVolumeClaimStatus Default = new();

    private readonly Items<string> _accessModes;
    private readonly Items<Condition> _conditions;

    /// <summary><c>Pending</c>, <c>Bound</c> or <c>Lost</c>.</summary>
    public string Phase { get; init => field = value ?? ""; } = "";

    /// <summary>Ways the bound volume can be mounted.</summary>
    public ImmutableArray<string> AccessModes { get => _accessModes.Array; init => _accessModes = new(value); }

    /// <summary>Actual size, under <c>storage</c>.</summary>
    public StringMap<Quantity> Capacity { get; init => field = value ?? StringMap<Quantity>.Empty; } = StringMap<Quantity>.Empty;

    /// <summary>Conditions such as <c>Resizing</c> and <c>FileSystemResizePending</c>.</summary>
    public ImmutableArray<Condition> Conditions { get => _conditions.Array; init => _conditions = new(value); }

    /// <summary>Size set aside during expansion (gate RecoverVolumeExpansionFailure).</summary>
    public StringMap<Quantity> AllocatedResources { get; init => field = value ?? StringMap<Quantity>.Empty; } = StringMap<Quantity>.Empty;

    /// <summary>State of an expansion (gate RecoverVolumeExpansionFailure).</summary>
    public string? ResizeStatus { get; init; }
}
