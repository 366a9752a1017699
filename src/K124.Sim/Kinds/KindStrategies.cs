namespace K124.Sim.Kinds;

/// <summary>The strategy of every built-in kind.</summary>
internal static partial class KindStrategies
{
    private static readonly Lazy<Dictionary<(string Group, string Kind), KindStrategy>> Table = new(Build);

    /// <summary>The strategy of a kind.</summary>
    /// <param name="resource">A resource of the kind, in any version.</param>
    /// <returns>The strategy.</returns>
    public static KindStrategy For(ResourceType resource) => Table.Value[(resource.Group, resource.Kind)];

    private static Dictionary<(string Group, string Kind), KindStrategy> Build()
    {
        var table = new Dictionary<(string Group, string Kind), KindStrategy>();
        foreach (var strategy in (IEnumerable<KindStrategy>)[.. Workloads(), .. Others(), .. Serving()])
        {
            table.Add((strategy.Group, strategy.Kind), strategy);
        }

        foreach (var resource in ResourceTypes.Instance.All)
        {
            table.TryAdd((resource.Group, resource.Kind), new PlainKind(resource));
        }

        return table;
    }
}
