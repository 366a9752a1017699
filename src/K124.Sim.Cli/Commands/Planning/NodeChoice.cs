using System.Collections.Immutable;
using System.CommandLine;
using K124.Sim.Model;

namespace K124.Sim.Cli.Commands.Planning;

/// <summary>Options that choose nodes: by label, and without some.</summary>
internal sealed class NodeChoice
{
    private readonly Option<string?> _selector = new Option<string?>("--selector")
    {
        Description = "Only nodes with these labels: KEY=VALUE[,KEY=VALUE...]; KEY alone is any value, KEY!=VALUE another one.",
        HelpName = "LABELS",
    }.RefusingOptions();

    private readonly Option<string[]> _excluded = PricedNames.Option("--exclude-node", "Without these nodes.", "NODE...");

    public IEnumerable<Option> Options => [_selector, _excluded];

    /// <summary>The names of the nodes; empty if all are meant. Null if there was an error, which has been printed.</summary>
    public ImmutableArray<string>? Read(ParseResult parse, Inputs inputs, Cluster cluster)
    {
        var (selector, excluded) = (parse.GetValue(_selector), parse.GetValue(_excluded) ?? []);
        if (selector is null && excluded.Length == 0)
        {
            return [];
        }

        if (excluded.FirstOrDefault(name => cluster.Nodes.Find(name) is null) is { } unknown)
        {
            inputs.Refuse($"error: --exclude-node: there is no node '{unknown}'");
            return null;
        }

        ImmutableArray<string> names = [.. cluster.Nodes.Where(node => IsSelected(node, selector ?? "")).Select(static node => node.Metadata.Name).Except(excluded, StringComparer.Ordinal)];
        if (names.IsEmpty)
        {
            inputs.Refuse("error: --selector, --exclude-node: no node is left");
            return null;
        }

        return names;
    }

    private static bool IsSelected(Node node, string selector) => selector.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).All(term =>
    {
        var labels = node.Metadata.Labels;
        if (term.Split("!=") is [var other, var unwanted])
        {
            return !labels.TryGetValue(other, out var found) || found != unwanted;
        }

        return term.Replace("==", "=", StringComparison.Ordinal).Split('=') is [var key, var value]
            ? labels.TryGetValue(key, out var label) && label == value
            : labels.ContainsKey(term);
    });
}
