using System.Text.Json.Nodes;
using K124.Sim.Kinds;

namespace K124.Sim.ControlPlane.Serving;

/// <summary>EndpointSlices: v1beta1 has a topology where v1 has a node's name, a zone, and the rest as deprecated topology.</summary>
/// <remarks>Kubernetes 1.24 pkg/apis/discovery/v1beta1/conversion.go.</remarks>
internal static class EndpointSliceConversion
{
    private const string Zone = "topology.kubernetes.io/zone";
    private const string Host = "kubernetes.io/hostname";

    public static void Convert(JsonObject tree, string to)
    {
        foreach (var endpoint in tree.Objects("endpoints"))
        {
            if (to.EndsWith("/v1beta1", StringComparison.Ordinal))
            {
                ToBeta(endpoint);
            }
            else
            {
                FromBeta(endpoint);
            }
        }
    }

    private static void ToBeta(JsonObject endpoint)
    {
        var topology = endpoint.Object("deprecatedTopology") is { } rest ? (JsonObject)rest.DeepClone() : [];
        endpoint.Remove("deprecatedTopology");
        if (endpoint.TextOrNull("zone") is { } zone)
        {
            topology[Zone] = zone;
            endpoint.Remove("zone");
        }

        if (endpoint.TextOrNull("nodeName") is { } node)
        {
            topology[Host] = node;
        }

        if (topology.Count > 0)
        {
            endpoint["topology"] = topology;
        }
    }

    private static void FromBeta(JsonObject endpoint)
    {
        if (!endpoint.Remove("topology", out var given) || given is not JsonObject topology)
        {
            return;
        }

        if (topology.TextOrNull(Zone) is { } zone)
        {
            endpoint["zone"] = zone;
            topology.Remove(Zone);
        }

        if (endpoint.TextOrNull("nodeName") is { } node && topology.Text(Host) == node)
        {
            topology.Remove(Host);
        }

        if (topology.Count > 0)
        {
            endpoint["deprecatedTopology"] = topology;
        }
    }
}
