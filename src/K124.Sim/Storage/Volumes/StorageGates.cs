namespace K124.Sim.Storage.Volumes;

/// <summary>Names of feature gates that storage reads.</summary>
internal static class StorageGates
{
    public const string RecoverVolumeExpansionFailure = nameof(RecoverVolumeExpansionFailure);
}
