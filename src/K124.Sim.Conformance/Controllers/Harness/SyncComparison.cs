using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using K124.Sim.Conformance.Comparing;

namespace K124.Sim.Conformance.Controllers.Harness;

/// <summary>Compares what came of a sync with the recorded answer, or with the recorded answers of which each is right.</summary>
internal static class SyncComparison
{
    public static CaseOutcome Compare(JsonElement expect, SyncAnswer answer, SyncRules rules)
    {
        var actual = Actual(answer, rules);
        if (!expect.TryGetProperty("anyOf", out var alternatives))
        {
            return CaseOutcome.Of(JsonDifference.Between("expect", Recorded(expect, rules), actual));
        }

        ImmutableArray<string>? fewest = null;
        foreach (var alternative in alternatives.EnumerateArray())
        {
            ImmutableArray<string> differences = [.. JsonDifference.Between("anyOf", Recorded(alternative, rules), actual)];
            if (differences.IsEmpty)
            {
                return CaseOutcome.Agrees;
            }

            fewest = fewest is { } other && other.Length <= differences.Length ? other : differences;
        }

        return CaseOutcome.Of(fewest ?? []);
    }

    private static JsonObject Recorded(JsonElement expect, SyncRules rules)
    {
        var recorded = ModelJson.Tree(expect);
        recorded["writes"] = WriteForm.Sorted((recorded["writes"] as JsonArray ?? []).Select(static write => write!.AsObject()), rules.Order);
        recorded["events"] = Sorted((recorded["events"] as JsonArray ?? []).Select(static item => item!.DeepClone().AsObject()));
        recorded["queue"] = Sorted((recorded["queue"] as JsonArray ?? []).Select(static item => item!.DeepClone().AsObject()));
        if (recorded[rules.RequeueMember] is { } seconds)
        {
            recorded[rules.RequeueMember] = Seconds(TimeSpan.FromSeconds(seconds.GetValue<double>()));
        }

        return recorded;
    }

    private static JsonObject Actual(SyncAnswer answer, SyncRules rules)
    {
        var actual = answer.Others.DeepClone().AsObject();
        actual["writes"] = WriteForm.Sorted(answer.Writes, rules.Order);
        actual["events"] = Sorted(!rules.HasEvents ? [] : answer.Events.Select(static report => new JsonObject
        {
            ["on"] = $"{report.Regarding.Kind}/{report.Regarding.Name}",
            ["type"] = report.Type,
            ["reason"] = report.Reason,
            ["message"] = report.Message,
        }));
        actual["queue"] = Sorted(answer.Queue);
        if (answer.Error is { } error)
        {
            actual["error"] = error;
        }

        if (answer.RequeueAfter is { } delay)
        {
            actual[rules.RequeueMember] = Seconds(delay);
        }

        return actual;
    }

    private static string Seconds(TimeSpan delay) => Math.Round(delay.TotalSeconds, 3).ToString("0.###", CultureInfo.InvariantCulture);

    private static JsonArray Sorted(IEnumerable<JsonObject> items) =>
        new([.. items.OrderBy(static item => ModelJson.Canonical(item), StringComparer.Ordinal).Select(static item => item.DeepClone())]);
}
