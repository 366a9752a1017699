using System.Collections.Immutable;

namespace K124.Sim.Conformance.Comparing;

/// <summary>Collects where the library's answer differs from the recorded one.</summary>
internal sealed class Comparison
{
    private readonly ImmutableArray<string>.Builder _differences = ImmutableArray.CreateBuilder<string>();

    public CaseOutcome Outcome => _differences.Count == 0 ? CaseOutcome.Agrees : new CaseOutcome.Differ(_differences.ToImmutable());

    public bool IsEqual => _differences.Count == 0;

    public void Equal(string path, string? recorded, string? answered)
    {
        if (!string.Equals(recorded, answered, StringComparison.Ordinal))
        {
            _differences.Add($"{path}: recorded {recorded ?? "(absent)"}, answered {answered ?? "(absent)"}");
        }
    }

    /// <summary>Notes a difference that was found otherwise.</summary>
    public void Differs(string difference) => _differences.Add(difference);

    /// <summary>Compares two maps key by key.</summary>
    public void Equal(string path, IReadOnlyDictionary<string, string> recorded, IReadOnlyDictionary<string, string> answered)
    {
        foreach (var key in recorded.Keys.Union(answered.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            Equal($"{path}.{key}", recorded.GetValueOrDefault(key), answered.GetValueOrDefault(key));
        }
    }
}
