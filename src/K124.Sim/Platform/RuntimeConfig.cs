using System.Collections.Immutable;

namespace K124.Sim.Platform;

/// <summary>The <c>--runtime-config</c> of an API server: switches of groups, versions and resources.</summary>
/// <remarks>Kubernetes 1.24 apiserver/pkg/server/options and resourceconfig.</remarks>
internal sealed partial record RuntimeConfig
{
    private const string All = "api/all";

    // In the order in which they are applied, whatever the order of the flags.
    private static readonly ImmutableArray<(string Key, string Letters)> Stages =
        [("api/ga", ""), ("api/beta", "beta"), ("api/alpha", "alpha")];

    private RuntimeConfig(ImmutableSortedDictionary<string, string> values) => Values = values;

    /// <summary>No switch at all: what 1.24 serves by default.</summary>
    public static RuntimeConfig Empty { get; } = new(ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal));

    /// <summary>The switches; a key without a value has an empty one.</summary>
    public ImmutableSortedDictionary<string, string> Values { get; }

    /// <summary>Reads the values of repeated flags; of a repeated key the last value counts.</summary>
    public static RuntimeConfig Parse(params IEnumerable<string> flags)
    {
        var values = Empty.Values.ToBuilder();
        foreach (var pair in flags.SelectMany(flag => flag.Split(',', StringSplitOptions.RemoveEmptyEntries)))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            values[(equals < 0 ? pair : pair[..equals]).Trim()] = equals < 0 ? "" : pair[(equals + 1)..].Trim();
        }

        return new(values.ToImmutable());
    }

    /// <summary>What the server's option check says, before anything is merged.</summary>
    public ImmutableArray<string> Validate()
    {
        if (Values.Count == 1 && Values.TryGetValue(All, out var all) && all == "false")
        {
            return ["invalid key with only api/all=false"];
        }

        var groups = new List<string>();
        foreach (var key in Values.Keys.Where(key => !IsStageKey(key)))
        {
            var parts = key.Split('/');
            if (parts.Length is < 2 or > 3)
            {
                return [$"runtime-config invalid key {key}"];
            }

            groups.Add(parts[0]);
        }

        string[] unknown = [.. groups.Where(group => !RegisteredApis.IsKnownGroup(group))];
        return unknown.Length == 0 ? [] : [$"unknown api groups {string.Join(',', unknown)}"];
    }

    private static bool IsStageKey(string key) => key == All || Stages.Any(stage => stage.Key == key);
}
