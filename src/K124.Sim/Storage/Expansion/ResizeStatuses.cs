namespace K124.Sim.Storage.Expansion;

/// <summary>States of an expansion (gate RecoverVolumeExpansionFailure).</summary>
internal static class ResizeStatuses
{
    public const string None = "";
    public const string ControllerExpansionInProgress = nameof(ControllerExpansionInProgress);
    public const string ControllerExpansionFailed = nameof(ControllerExpansionFailed);
    public const string NodeExpansionPending = nameof(NodeExpansionPending);
    public const string NodeExpansionInProgress = nameof(NodeExpansionInProgress);
    public const string NodeExpansionFailed = nameof(NodeExpansionFailed);
}
