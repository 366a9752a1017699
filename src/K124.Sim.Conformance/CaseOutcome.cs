using System.Collections.Immutable;

namespace K124.Sim.Conformance;

/// <summary>What came of running one recorded case through the library.</summary>
internal abstract record CaseOutcome
{
    private CaseOutcome()
    {
    }

    public static CaseOutcome Agrees { get; } = new Agree();

    /// <summary>Agrees if nothing differs.</summary>
    public static CaseOutcome Of(IEnumerable<string> differences)
    {
        ImmutableArray<string> details = [.. differences];
        return details.IsEmpty ? Agrees : new Differ(details);
    }

    internal sealed record Agree : CaseOutcome;

    /// <summary>The library decides otherwise than the recording, or the case cannot be read.</summary>
    /// <param name="Details">What differs: path, recorded value, the library's value; one line each.</param>
    internal sealed record Differ(ImmutableArray<string> Details) : CaseOutcome;

    /// <summary>The case needs behaviour that the library does not have yet.</summary>
    /// <param name="Behaviours">Names of the behaviours.</param>
    internal sealed record NotCovered(ImmutableArray<string> Behaviours) : CaseOutcome;
}
