namespace K124.Sim.Storage.Volumes;

/// <summary>How a controller changes an object.</summary>
public enum VolumeChangeKind
{
    /// <summary>The object is new.</summary>
    Create,

    /// <summary>Metadata or specification change.</summary>
    Update,

    /// <summary>The status changes.</summary>
    UpdateStatus,

    /// <summary>The object goes.</summary>
    Delete,
}
