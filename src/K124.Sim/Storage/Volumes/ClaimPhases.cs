namespace K124.Sim.Storage.Volumes;

/// <summary>Phases of claims.</summary>
internal static class ClaimPhases
{
    public const string Pending = nameof(Pending);
    public const string Bound = nameof(Bound);
    public const string Lost = nameof(Lost);
}
