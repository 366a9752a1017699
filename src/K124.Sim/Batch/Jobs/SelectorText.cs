using K124.Sim.Model;
using K124.Sim.Text;

namespace K124.Sim.Batch.Jobs;

/// <summary>Selectors and labels as the API server prints them in messages.</summary>
internal static class SelectorText
{
    public static string Map(StringMap<string> map) => map.Count == 0
        ? "map[string]string(nil)"
        : $"map[string]string{{{string.Join(", ", map.Select(entry => $"{GoText.Quote(entry.Key)}:{GoText.Quote(entry.Value)}"))}}}";

    public static string Selector(LabelSelector selector)
    {
        var expressions = selector.MatchExpressions.IsEmpty
            ? "(nil)"
            : $"{{{string.Join(", ", selector.MatchExpressions.Select(Requirement))}}}";
        return $"v1.LabelSelector{{MatchLabels:{Map(selector.MatchLabels)}, MatchExpressions:[]v1.LabelSelectorRequirement{expressions}}}";
    }

    private static string Requirement(LabelSelectorRequirement requirement) =>
        $"v1.LabelSelectorRequirement{{Key:{GoText.Quote(requirement.Key)}, Operator:{GoText.Quote(requirement.Operator)}, Values:{GoText.Strings(requirement.Values)}}}";
}
