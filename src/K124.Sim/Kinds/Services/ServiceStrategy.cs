using System.Text.Json.Nodes;
using K124.Sim.Kinds.Validation;

namespace K124.Sim.Kinds.Services;

/// <summary>Services: their defaults. Addresses and ports are given out, and checked, by whoever holds the allocators.</summary>
/// <remarks>Kubernetes 1.24 pkg/apis/core/v1/defaults.go and pkg/registry/core/service.</remarks>
internal sealed class ServiceStrategy : KindStrategy
{
    private const long AffinitySeconds = 10800;

    /// <inheritdoc/>
    public override string Group => "";

    /// <inheritdoc/>
    public override string Kind => "Service";

    /// <inheritdoc/>
    public override bool HasStatus => true;

    /// <inheritdoc/>
    public override bool AllowsCreateOnUpdate => true;

    /// <inheritdoc/>
    public override string[] NameErrors(string name, bool isPrefix) =>
        MetadataRules.Label1035(name, isPrefix);

    /// <inheritdoc/>
    public override void Default(JsonObject tree, string version)
    {
        var spec = tree.Ensure("spec");
        spec.Default("sessionAffinity", "None");
        if (spec.Text("sessionAffinity") == "ClientIP")
        {
            spec.Ensure("sessionAffinityConfig").Ensure("clientIP").Default("timeoutSeconds", AffinitySeconds);
        }
        else if (spec.Text("sessionAffinity") == "None")
        {
            spec.Remove("sessionAffinityConfig");
        }

        spec.Default("type", "ClusterIP");
        foreach (var port in spec.Objects("ports"))
        {
            port.Default("protocol", "TCP");
            if (!port.Has("targetPort") || JsonTree.AsNumber(port["targetPort"]) == 0 || JsonTree.AsText(port["targetPort"]) is "")
            {
                port["targetPort"] = port.Number("port");
            }
        }

        DefaultPolicies(spec);
    }

    /// <inheritdoc/>
    public override void ValidateUpdate(JsonObject tree, JsonObject old, KindContext context, FieldErrors errors)
    {
        ValidateMetadataUpdate(tree, old, errors);
        ValidateMetadata(tree, errors);
    }

    /// <inheritdoc/>
    public override void ValidateStatusUpdate(JsonObject tree, JsonObject old, KindContext context, FieldErrors errors)
    {
        ValidateMetadataUpdate(tree, old, errors);
        AddressRules.LoadBalancer(tree.Object("status", "loadBalancer"), FieldPath.Of("status.loadBalancer"), errors);
    }

    private static void DefaultPolicies(JsonObject spec)
    {
        var type = spec.Text("type");
        if (type is "NodePort" or "LoadBalancer")
        {
            spec.Default("externalTrafficPolicy", "Cluster");
        }

        if (type is "NodePort" or "LoadBalancer" or "ClusterIP")
        {
            spec.Default("internalTrafficPolicy", "Cluster");
        }

        if (type == "LoadBalancer")
        {
            spec.Default("allocateLoadBalancerNodePorts", true);
        }
    }
}
