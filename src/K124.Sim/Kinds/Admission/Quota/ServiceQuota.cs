using System.Text.Json.Nodes;
using K124.Sim.Model;

namespace K124.Sim.Kinds.Admission.Quota;

/// <summary>Services: their number, and what they take from the nodes and from a cloud.</summary>
internal sealed class ServiceQuota : QuotaEvaluator
{
    /// <summary>The only instance.</summary>
    public static ServiceQuota Instance { get; } = new();

    /// <inheritdoc/>
    public override bool Handles(AdmissionOperation operation) => operation is AdmissionOperation.Create or AdmissionOperation.Update;

    /// <inheritdoc/>
    public override bool Knows(string name) => name is "services" or "count/services" or "services.nodeports" or "services.loadbalancers";

    /// <inheritdoc/>
    public override SortedDictionary<string, Quantity> Usage(JsonObject tree)
    {
        var usage = Nothing();
        usage["services"] = One;
        usage["count/services"] = One;
        var spec = tree.Object("spec");
        var ports = spec.Objects("ports");
        var nodePorts = 0;
        switch (spec.Text("type"))
        {
            case "NodePort":
                nodePorts = ports.Count;
                break;
            case "LoadBalancer":
                usage["services.loadbalancers"] = One;
                nodePorts = spec.FlagOrNull("allocateLoadBalancerNodePorts") == false ? Explicit(ports) : ports.Count;
                break;
        }

        usage["services.nodeports"] = Quantity.FromUnits(nodePorts);
        return usage;
    }

    private static int Explicit(JsonObjects ports)
    {
        var count = 0;
        foreach (var port in ports)
        {
            count += port.Number("nodePort") != 0 ? 1 : 0;
        }

        return count;
    }
}
