namespace K124.Sim.Storage.Binding;

/// <summary>What a claim of a pod comes to on a node.</summary>
public enum ClaimVerdict
{
    /// <summary>It is bound, and its volume is reached from the node.</summary>
    Bound,

    /// <summary>A free volume, or one reserved for the claim, is reached from the node and suits it.</summary>
    VolumeFound,

    /// <summary>A volume can be provisioned for the node.</summary>
    Provisionable,

    /// <summary>It is bound, and its volume is not reached from the node.</summary>
    VolumeOutOfReach,

    /// <summary>It is bound, and its volume is not there.</summary>
    VolumeMissing,

    /// <summary>Its volume is on its way for another node.</summary>
    SelectedElsewhere,

    /// <summary>No volume suits it, and its class provisions none.</summary>
    NoVolume,

    /// <summary>No volume suits it, and its class provisions none for the node's topology.</summary>
    TopologyNotAllowed,

    /// <summary>No volume suits it, and no capacity object that the node reaches is large enough.</summary>
    NotEnoughCapacity,

    /// <summary>It was not looked at, because another claim of the pod already kept it off the node.</summary>
    NotLookedAt,

    /// <summary>Its label selector is invalid, which ends the attempt with an error before any volume is looked at.</summary>
    InvalidSelector,
}
