namespace K124.Sim.Storage.Volumes;

/// <summary>What becomes of a volume whose claim is gone.</summary>
internal static class ReclaimPolicies
{
    public const string Retain = nameof(Retain);
    public const string Delete = nameof(Delete);
    public const string Recycle = nameof(Recycle);
}
