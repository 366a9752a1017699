using K124.Sim.Model;

namespace K124.Sim.Planning.Failures;

/// <summary>A loss: its name, and the nodes.</summary>
internal readonly record struct FailureSet(string Name, string[] Nodes);

/// <summary>The losses of a request, by number.</summary>
internal sealed class FailureSets
{
    private readonly string[] _nodes = [];
    private readonly (string Value, string[] Nodes)[] _domains = [];
    private readonly SurviveRequest _request;

    /// <summary>Makes the list.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="request">The request.</param>
    /// <param name="loadOf">How full a node is: pairs of the fullest are taken where there are too many pairs.</param>
    public FailureSets(Cluster cluster, SurviveRequest request, Func<string, double> loadOf)
    {
        _request = request;
        Node[] nodes = request.Nodes.IsEmpty
            ? [.. cluster.Nodes]
            : [.. request.Nodes.Select(name => cluster.Nodes.Find(name) ?? throw new ArgumentException($"there is no node '{name}'"))];
        if (request.Scope == FailureScope.Domain)
        {
            _domains =
            [
                .. nodes.Where(node => node.Metadata.Labels.ContainsKey(request.DomainLabel)).GroupBy(node => node.Metadata.Labels[request.DomainLabel], StringComparer.Ordinal)
                    .OrderBy(static domain => domain.Key, StringComparer.Ordinal).Select(static domain => (domain.Key, domain.Select(static node => node.Metadata.Name).ToArray())),
            ];
            if (_domains.Length == 0)
            {
                throw new ArgumentException($"no node has the label '{request.DomainLabel}'");
            }

            (Possible, Count) = (_domains.Length, Math.Min(_domains.Length, request.MostFailures));
            return;
        }

        _nodes = [.. nodes.Select(static node => node.Metadata.Name)];
        if (request.Scope == FailureScope.Node)
        {
            (Possible, Count) = (_nodes.Length, Math.Min(_nodes.Length, request.MostFailures));
            return;
        }

        Possible = (long)_nodes.Length * (_nodes.Length - 1) / 2;
        if (Possible > request.MostFailures)
        {
            var taken = (int)((1 + Math.Sqrt(1 + (8.0 * request.MostFailures))) / 2);
            _nodes = [.. _nodes.OrderByDescending(loadOf).ThenBy(static name => name, StringComparer.Ordinal).Take(taken)];
        }

        Count = (int)((long)_nodes.Length * (_nodes.Length - 1) / 2);
    }

    public int Count { get; }

    public long Possible { get; }

    public FailureSet this[int index]
    {
        get
        {
            switch (_request.Scope)
            {
                case FailureScope.Domain:
                    return new($"{_request.DomainLabel}={_domains[index].Value}", _domains[index].Nodes);
                case FailureScope.Node:
                    return new(_nodes[index], [_nodes[index]]);
                default:
                    var first = 0;
                    for (var left = _nodes.Length - 1; index >= left; left--)
                    {
                        index -= left;
                        first++;
                    }

                    var second = first + 1 + index;
                    return new($"{_nodes[first]} and {_nodes[second]}", [_nodes[first], _nodes[second]]);
            }
        }
    }
}
