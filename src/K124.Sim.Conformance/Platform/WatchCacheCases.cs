using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using K124.Sim.Platform.Watching;

namespace K124.Sim.Conformance.Platform;

/// <summary>The watch cache of one resource over virtual time.</summary>
internal sealed class WatchCacheCases
{
    private const int BurstObjects = 7;

    private readonly WatchCache<Item> _cache = new(static item => item.Version);
    private long _now;


    private sealed record Item(long Version, ImmutableDictionary<string, string> Labels);

    public static CaseOutcome Verify(RecordedCase testCase)
    {
        var run = new WatchCacheCases();
        var steps = new JsonArray();
        foreach (var (operation, recorded) in testCase.Json.Items("ops").Zip(testCase.Expect.Items("ops")))
        {
            run._now += operation.Ticks("secondsLater");
            steps.Add((JsonNode)run.Step(operation, recorded));
        }

        return CaseJson.Compare(testCase, new JsonObject { ["ops"] = steps });
    }

    private JsonObject Step(JsonElement operation, JsonElement recorded)
    {
        var version = operation.OptionalLong("rv") ?? 0;
        switch (operation.Text("op"))
        {
            case "replace":
                _cache.Replace(operation.Items("objects").Select(item => KeyValuePair.Create(item.Text("name"), new Item(item.OptionalLong("rv") ?? 0, Labels(item)))), version);
                return State();
            case "event":
                _cache.Apply(Enum.Parse<WatchEventKind>(operation.Text("type"), ignoreCase: true), operation.Text("name"), new(version, Labels(operation)), version, _now);
                return State();
            case "burst":
                return Burst(operation, version);
            case "progress":
                _cache.Progress(version);
                return State();
            case "watch":
                return Watch(version, operation.Text("selector"), recorded.Member("eventCount") is not null);
            case var name:
                throw new JsonException($"unknown operation {name}");
        }
    }

    private JsonObject Burst(JsonElement operation, long firstVersion)
    {
        var (count, every, capacity) = (operation.Int("count"), operation.Ticks("every"), _cache.Capacity);
        var changes = new JsonArray();
        for (var i = 0; i < count; i++)
        {
            _now += i > 0 ? every : 0;
            var version = firstVersion + i;
            _cache.Apply(WatchEventKind.Modified, $"b{i % BurstObjects}", new(version, []), version, _now);
            if (_cache.Capacity != capacity)
            {
                capacity = _cache.Capacity;
                changes.Add((JsonNode)new JsonArray(i + 1, capacity));
            }
        }

        var state = State();
        state["capacityChanges"] = changes;
        return state;
    }

    private JsonObject Watch(long version, string selector, bool isShort)
    {
        var matches = Selector(selector);
        var answer = _cache.Watch(version, selector.Length == 0 ? null : item => matches(item.Labels));
        if (!answer.Succeeded)
        {
            return new() { ["error"] = answer.Expired };
        }

        string[] events = [.. answer.Events.Select(told => $"{told.Kind.ToString().ToUpperInvariant()} {told.Key}@{Text(told.ResourceVersion)}")];
        return isShort
            ? new() { ["eventCount"] = events.Length, ["first"] = events.FirstOrDefault(), ["last"] = events.LastOrDefault() }
            : new() { ["events"] = CaseJson.Array(events) };
    }

    private JsonObject State() => new()
    {
        ["buffered"] = _cache.Buffered,
        ["capacity"] = _cache.Capacity,
        ["listResourceVersion"] = _cache.ListResourceVersion,
        ["oldestBuffered"] = _cache.OldestBuffered,
        ["resourceVersion"] = _cache.ResourceVersion,
        ["store"] = CaseJson.Array(_cache.Objects.Select(entry => $"{entry.Key}@{Text(entry.Value.Version)}")),
    };

    private static ImmutableDictionary<string, string> Labels(JsonElement element) =>
        element.Members("labels").ToImmutableDictionary(label => label.Name, label => label.Value.GetString()!, StringComparer.Ordinal);

    /// <summary>The few forms of selectors that the recordings use.</summary>
    private static Func<ImmutableDictionary<string, string>, bool> Selector(string text)
    {
        if (text.IndexOf(" in (", StringComparison.Ordinal) is > 0 and var list)
        {
            var values = text[(list + 5)..^1].Split(',');
            return labels => labels.TryGetValue(text[..list], out var value) && values.Contains(value, StringComparer.Ordinal);
        }

        if (text.IndexOf("!=", StringComparison.Ordinal) is > 0 and var differs)
        {
            return labels => labels.GetValueOrDefault(text[..differs]) != text[(differs + 2)..];
        }

        var equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals < 0
            ? labels => labels.ContainsKey(text)
            : labels => labels.TryGetValue(text[..equals], out var value) && value == text[(equals + 1)..];
    }

    private static string Text(long version) => version.ToString(CultureInfo.InvariantCulture);
}
