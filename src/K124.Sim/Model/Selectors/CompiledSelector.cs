using System.Collections.Immutable;

namespace K124.Sim.Model.Selectors;

/// <summary>A checked label selector, ready to be matched: all requirements must hold.</summary>
internal sealed class CompiledSelector
{
    private readonly ImmutableArray<LabelRequirement> _requirements;
    private readonly bool _matchesNothing;

    private CompiledSelector(ImmutableArray<LabelRequirement> requirements, bool matchesNothing)
    {
        _requirements = requirements;
        _matchesNothing = matchesNothing;
    }

    public static CompiledSelector Nothing { get; } = new([], matchesNothing: true);

    public static CompiledSelector Everything { get; } = new([], matchesNothing: false);

    /// <summary>True if there is no requirement and so every object matches.</summary>
    public bool MatchesEverything => !_matchesNothing && _requirements.IsEmpty;

    public ImmutableArray<LabelRequirement> Requirements => _requirements;

    /// <summary>Checks a selector of the API: null selects nothing, an empty one everything.</summary>
    /// <returns>The selector, or null with the first error.</returns>
    public static CompiledSelector? TryCompile(LabelSelector? selector, out string? error)
    {
        error = null;
        if (selector is null)
        {
            return Nothing;
        }

        var requirements = ImmutableArray.CreateBuilder<LabelRequirement>(selector.MatchLabels.Count + selector.MatchExpressions.Length);
        var errors = new List<string>();
        foreach (var (key, value) in selector.MatchLabels)
        {
            if (LabelRequirement.TryEqual(key, value, "", errors) is { } requirement)
            {
                requirements.Add(requirement);
            }
        }

        foreach (var expression in selector.MatchExpressions)
        {
            if (LabelOperators.ForLabels(expression.Operator) is not { } op)
            {
                errors.Add($"\"{expression.Operator}\" is not a valid pod selector operator");
            }
            else if (LabelRequirement.TryCreate(expression.Key, op, expression.Values, "", errors) is { } requirement)
            {
                requirements.Add(requirement);
            }
        }

        error = errors.FirstOrDefault();
        return error is null ? new(requirements.ToImmutable(), matchesNothing: false) : null;
    }

    /// <summary>A selector of exact labels, unchecked as in Kubernetes' SelectorFromSet.</summary>
    public static CompiledSelector Exactly(StringMap<string> labels) =>
        new([.. labels.Select(static label => LabelRequirement.Equal(label.Key, label.Value))], matchesNothing: false);

    /// <summary>A selector that demands what both demand.</summary>
    public CompiledSelector And(CompiledSelector other) =>
        new(_requirements.AddRange(other._requirements), _matchesNothing || other._matchesNothing);

    public bool Matches(StringMap<string> labels)
    {
        if (_matchesNothing)
        {
            return false;
        }

        foreach (var requirement in _requirements)
        {
            if (!requirement.Matches(labels))
            {
                return false;
            }
        }

        return true;
    }
}
