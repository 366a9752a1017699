using System.Collections.Immutable;

namespace K124.Sim.Model;

/// <summary>Properties of a <see cref="CSIDriver"/>.</summary>
public sealed record CSIDriverSpec
{
    internal static readonly CSIDriverSpec Default = new();

    private readonly Items<CSITokenRequest> _tokenRequests;
    private readonly Items<string> _volumeLifecycleModes;

    /// <summary>True (also when null) if volumes are attached before use.</summary>
    public bool? AttachRequired { get; init; }

    /// <summary>True if pod details are passed at mount.</summary>
    public bool? PodInfoOnMount { get; init; }

    /// <summary>True if the scheduler must check CSIStorageCapacity objects (KEP-1472).</summary>
    public bool? StorageCapacity { get; init; }

    /// <summary><c>Persistent</c> and <c>Ephemeral</c>.</summary>
    public ImmutableArray<string> VolumeLifecycleModes { get => _volumeLifecycleModes.Array; init => _volumeLifecycleModes = new(value); }

    /// <summary>How fsGroup is applied.</summary>
    public string? FsGroupPolicy { get; init; }

    /// <summary>True if publishing is repeated.</summary>
    public bool? RequiresRepublish { get; init; }

    /// <summary>Tokens that the driver is given with each pod.</summary>
    public ImmutableArray<CSITokenRequest> TokenRequests { get => _tokenRequests.Array; init => _tokenRequests = new(value); }
}
