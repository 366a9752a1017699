using System.Collections.Immutable;

namespace K124.Sim.ControlPlane.Serving.Faults;

/// <summary>Draws the faults of a plan, request by request.</summary>
internal sealed class FaultSource
{
    private const int Parts = 1_000_000;

    private readonly ImmutableArray<FaultRule> _rules;
    private readonly SeededRandom _random;
    private readonly int[] _happened;

    public FaultSource(FaultPlan plan)
        : this(plan.Rules, SeededRandom.Stream(plan.Seed, "faults"), new int[plan.Rules.Length])
    {
    }

    private FaultSource(ImmutableArray<FaultRule> rules, SeededRandom random, int[] happened)
    {
        _rules = rules;
        _random = random;
        _happened = happened;
    }

    /// <summary>A source that goes on as this one would.</summary>
    public FaultSource Fork() => new(_rules, _random.Copy(), (int[])_happened.Clone());

    /// <summary>What happens to a request.</summary>
    public List<FaultRule> Draw(RequestTarget target)
    {
        var drawn = new List<FaultRule>();
        for (var i = 0; i < _rules.Length; i++)
        {
            var rule = _rules[i];
            if (IsAbout(rule, target) && _happened[i] < rule.AtMost && _random.Next(Parts) < rule.Probability * Parts)
            {
                _happened[i]++;
                drawn.Add(rule);
            }
        }

        return drawn;
    }

    /// <summary>How many events a watch delivers before it is dropped.</summary>
    public int Events(FaultRule rule) => (int)_random.Next((long)rule.MostEvents + 1);

    private static bool IsAbout(FaultRule rule, RequestTarget target) =>
        target.IsResource
        && (rule.Verbs.IsEmpty || rule.Verbs.Contains(target.Verb))
        && (rule.Resource.Length == 0 || rule.Resource == target.Resource)
        && rule.Kind switch
        {
            FaultKind.Conflict => target.Verb is "update" or "patch",
            FaultKind.DroppedWatch or FaultKind.DuplicateBookmark => target.Verb == "watch",
            _ => true,
        };
}
