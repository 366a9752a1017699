using System.Text.Json.Nodes;
using K124.Sim.Kinds.Schema;
using K124.Sim.Kinds.Validation;
using K124.Sim.Text;

namespace K124.Sim.Kinds.Strategies;

/// <summary>Endpoint slices.</summary>
internal sealed class EndpointSliceStrategy : KindStrategy
{
    private const int MostEndpoints = 1000;
    private const int MostAddresses = 100;
    private const int MostPorts = 100;
    private const int MostZones = 8;
    private const string NodeNameLabel = "kubernetes.io/hostname";

    /// <inheritdoc/>
    public override string Group => "discovery.k8s.io";

    /// <inheritdoc/>
    public override string Kind => "EndpointSlice";

    /// <inheritdoc/>
    public override void Default(JsonObject tree, string version)
    {
        foreach (var port in tree.Objects("ports"))
        {
            port.Default("name", "");
            port.Default("protocol", "TCP");
        }
    }

    /// <inheritdoc/>
    public override void PrepareForCreate(JsonObject tree, KindContext context)
    {
        tree.Ensure("metadata")["generation"] = 1L;
        DropTopology(tree, null);
    }

    /// <inheritdoc/>
    public override void PrepareForUpdate(JsonObject tree, JsonObject old, KindContext context)
    {
        if (!SameContent(tree, old) || !SameLabels(tree, old))
        {
            BumpGeneration(tree, old);
        }

        DropTopology(tree, old);
    }

    /// <inheritdoc/>
    public override void Validate(JsonObject tree, KindContext context, FieldErrors errors)
    {
        ValidateMetadata(tree, errors);
        var addressType = tree.Text("addressType");
        if (addressType.Length == 0)
        {
            errors.Required(FieldPath.Of("addressType"));
        }
        else if (addressType is not ("FQDN" or "IPv4" or "IPv6"))
        {
            errors.NotSupported(FieldPath.Of("addressType"), addressType, "FQDN", "IPv4", "IPv6");
        }

        Endpoints(tree.Objects("endpoints"), addressType, FieldPath.Of("endpoints"), errors);
        Ports(tree.Objects("ports"), FieldPath.Of("ports"), errors);
    }

    /// <inheritdoc/>
    public override void ValidateUpdate(JsonObject tree, JsonObject old, KindContext context, FieldErrors errors)
    {
        Validate(tree, context, errors);
        if (tree.Text("addressType") != old.Text("addressType"))
        {
            errors.Immutable(FieldPath.Of("addressType"), JsonValue.Create(tree.Text("addressType")));
        }
    }

    private bool SameContent(JsonObject tree, JsonObject old) =>
        Same(tree, old, "addressType") && Same(tree, old, "endpoints") && Same(tree, old, "ports");

    private bool SameLabels(JsonObject tree, JsonObject old) => SchemaEquality.MemberEquals(
        SchemaIn("v1").Field("metadata").Shape.Type!, tree.Object("metadata"), old.Object("metadata"), "labels");

    // v1 has no topology: it goes as soon as the endpoints change. The name of the node that stood in it is kept.
    private void DropTopology(JsonObject tree, JsonObject? old)
    {
        if (!tree.Text("apiVersion").EndsWith("/v1", StringComparison.Ordinal) || (old is not null && Same(tree, old, "endpoints")))
        {
            return;
        }

        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var endpoint in old.Objects("endpoints"))
        {
            known.Add(endpoint.Object("deprecatedTopology").Text(NodeNameLabel));
        }

        foreach (var endpoint in tree.Objects("endpoints"))
        {
            if (endpoint.Object("deprecatedTopology").TextOrNull(NodeNameLabel) is { } node && known.Contains(node) && NameRules.Subdomain(node).Length == 0)
            {
                endpoint.Default("nodeName", node);
            }

            endpoint.Remove("deprecatedTopology");
        }
    }

    private static void Endpoints(JsonObjects endpoints, string addressType, FieldPath path, FieldErrors errors)
    {
        if (endpoints.Count > MostEndpoints)
        {
            errors.TooMany(path, endpoints.Count, MostEndpoints);
            return;
        }

        for (var i = 0; i < endpoints.Count; i++)
        {
            Endpoint(endpoints[i], addressType, path.Index(i), errors);
        }
    }

    private static void Endpoint(JsonObject endpoint, string addressType, FieldPath path, FieldErrors errors)
    {
        Addresses(endpoint.Texts("addresses"), addressType, path.Child("addresses"), errors);
        if (endpoint.TextOrNull("nodeName") is { } node)
        {
            errors.InvalidAll(path.Child("nodeName"), node, NameRules.Subdomain(node));
        }

        LabelRules.Labels(endpoint.Object("deprecatedTopology"), path.Child("deprecatedTopology"), errors);
        if (endpoint.TextOrNull("hostname") is { } hostname)
        {
            errors.InvalidAll(path.Child("hostname"), hostname, NameRules.DnsLabel(hostname));
        }

        Zones(endpoint.Object("hints").Objects("forZones"), path.Child("hints", "forZones"), errors);
    }

    private static void Addresses(IReadOnlyList<string> addresses, string addressType, FieldPath path, FieldErrors errors)
    {
        if (addresses.Count == 0)
        {
            errors.Required(path, "must contain at least 1 address");
        }
        else if (addresses.Count > MostAddresses)
        {
            errors.TooMany(path, addresses.Count, MostAddresses);
        }

        for (var i = 0; i < addresses.Count; i++)
        {
            switch (addressType)
            {
                case "IPv4" or "IPv6":
                    AddressRules.IPOfFamily(addresses[i], addressType == "IPv4", path.Index(i), errors);
                    AddressRules.NonSpecialIP(addresses[i], path.Index(i), errors);
                    break;
                case "FQDN":
                    AddressRules.QualifiedDomain(addresses[i].EndsWith('.') ? addresses[i][..^1] : addresses[i], 2, path.Index(i), errors);
                    break;
            }
        }
    }

    private static void Zones(JsonObjects zones, FieldPath path, FieldErrors errors)
    {
        if (zones.Count > MostZones)
        {
            errors.TooMany(path, zones.Count, MostZones);
            return;
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < zones.Count; i++)
        {
            var name = zones[i].Text("name");
            var place = path.Index(i).Child("name");
            if (!seen.Add(name))
            {
                errors.Duplicate(place, name);
            }

            errors.InvalidAll(place, name, NameRules.LabelValue(name));
        }
    }

    private static void Ports(JsonObjects ports, FieldPath path, FieldErrors errors)
    {
        if (ports.Count > MostPorts)
        {
            errors.TooMany(path, ports.Count, MostPorts);
            return;
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < ports.Count; i++)
        {
            var name = ports[i].Text("name");
            var place = path.Index(i);
            if (name.Length > 0)
            {
                errors.InvalidAll(place.Child("name"), name, NameRules.DnsLabel(name));
            }

            if (!seen.Add(name))
            {
                errors.Duplicate(place.Child("name"), name);
            }

            var protocol = ports[i].Text("protocol");
            if (protocol is not ("SCTP" or "TCP" or "UDP"))
            {
                errors.NotSupported(place.Child("protocol"), protocol, "SCTP", "TCP", "UDP");
            }

            PortRules.AppProtocol(ports[i].TextOrNull("appProtocol"), place.Child("appProtocol"), errors);
        }
    }
}
