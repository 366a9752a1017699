using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace K124.Sim.ControlPlane.Serving;

/// <summary>A label selector as queries write it; empty, it selects everything.</summary>
internal sealed record LabelSelector(ImmutableArray<LabelRequirement> Requirements)
{
    public static readonly LabelSelector Everything = new([]);

    public bool IsEmpty => Requirements.IsEmpty;

    /// <summary>Reads a selector.</summary>
    /// <returns>What is wrong with it, in 1.24's words; null if nothing is.</returns>
    public static string? TryParse(string text, out LabelSelector selector)
    {
        var error = new LabelSelectorParser(text).Parse(out var requirements);
        selector = new(requirements);
        return error;
    }

    public bool Matches(JsonObject? labels)
    {
        foreach (var requirement in Requirements)
        {
            if (!requirement.Matches(labels))
            {
                return false;
            }
        }

        return true;
    }
}
