using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace K124.Sim.Kinds.Tables;

/// <summary>A JSON path as columns of custom resources use it: members, indices, filters, wildcards and descent.</summary>
/// <remarks>Kubernetes 1.24 client-go/util/jsonpath; missing members are no error.</remarks>
internal sealed class JsonPath
{
    private readonly ImmutableArray<JsonPathStep> _steps;

    private JsonPath(ImmutableArray<JsonPathStep> steps) => _steps = steps;

    /// <summary>Reads a path such as <c>.status.conditions[?(@.type=="Ready")].status</c>; null if it is malformed.</summary>
    public static JsonPath? TryParse(string text) => JsonPathParser.TryParse(text) is { } steps ? new(steps) : null;

    /// <summary>The nodes that the path leads to, in the order of the document.</summary>
    public IEnumerable<JsonNode?> Find(JsonNode? root)
    {
        IEnumerable<JsonNode?> current = [root];
        foreach (var step in _steps)
        {
            current = current.SelectMany(step.From);
        }

        return current;
    }
}
