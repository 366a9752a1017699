using K124.Sim.Model;

namespace K124.Sim.Batch.Jobs;

/// <summary>Values as the API server prints them in messages.</summary>
internal static class GoText
{
    public static string Quote(string text) => "\"" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";

    public static string Map(StringMap<string> map) => map.Count == 0
        ? "map[string]string(nil)"
        : $"map[string]string{{{string.Join(", ", map.Select(entry => $"{Quote(entry.Key)}:{Quote(entry.Value)}"))}}}";

    public static string Selector(LabelSelector selector)
    {
        var expressions = selector.MatchExpressions.IsEmpty
            ? "(nil)"
            : $"{{{string.Join(", ", selector.MatchExpressions.Select(Requirement))}}}";
        return $"v1.LabelSelector{{MatchLabels:{Map(selector.MatchLabels)}, MatchExpressions:[]v1.LabelSelectorRequirement{expressions}}}";
    }

    private static string Requirement(LabelSelectorRequirement requirement)
    {
        var values = requirement.Values.IsEmpty ? "(nil)" : $"{{{string.Join(", ", requirement.Values.Select(Quote))}}}";
        return $"v1.LabelSelectorRequirement{{Key:{Quote(requirement.Key)}, Operator:{Quote(requirement.Operator)}, Values:[]string{values}}}";
    }
}
