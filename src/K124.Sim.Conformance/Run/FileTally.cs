using System.Collections.Immutable;
using System.Diagnostics;

namespace K124.Sim.Conformance.Run;

/// <summary>Counts what comes of the cases of a file.</summary>
/// <param name="differencesKept">Differing cases that are kept with their details.</param>
internal sealed class FileTally(int differencesKept)
{
    private readonly SortedDictionary<string, int> _behaviours = new(StringComparer.Ordinal);
    private readonly ImmutableArray<CaseDifference>.Builder _differences = ImmutableArray.CreateBuilder<CaseDifference>();
    private int _agree;
    private int _differ;
    private int _notCovered;

    public void Add(int line, string id, CaseOutcome outcome)
    {
        switch (outcome)
        {
            case CaseOutcome.Agree:
                _agree++;
                break;
            case CaseOutcome.Differ difference:
                _differ++;
                if (_differences.Count < differencesKept)
                {
                    _differences.Add(new(line, id, difference.Details));
                }

                break;
            case CaseOutcome.NotCovered open:
                AddNotCovered(open.Behaviours);
                break;
            default:
                throw new UnreachableException();
        }
    }

    public void AddNotCovered(ImmutableArray<string> behaviours)
    {
        _notCovered++;
        foreach (var name in behaviours)
        {
            _behaviours[name] = _behaviours.GetValueOrDefault(name) + 1;
        }
    }

    public FileReport ToReport(string path, string area, TimeSpan elapsed) => new(
        path,
        area,
        _agree,
        _differ,
        _notCovered,
        [.. _behaviours.Select(static pair => new BehaviourCount(pair.Key, pair.Value))],
        _differences.ToImmutable(),
        elapsed);
}
