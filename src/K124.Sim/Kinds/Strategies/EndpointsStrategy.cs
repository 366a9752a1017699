using System.Text.Json.Nodes;
using K124.Sim.Kinds.Validation;
using K124.Sim.Text;

namespace K124.Sim.Kinds.Strategies;

/// <summary>Endpoints.</summary>
internal sealed class EndpointsStrategy : KindStrategy
{
    /// <inheritdoc/>
    public override string Group => "";

    /// <inheritdoc/>
    public override string Kind => "Endpoints";

    /// <inheritdoc/>
    public override bool AllowsCreateOnUpdate => true;

    /// <inheritdoc/>
    public override void Default(JsonObject tree, string version)
    {
        foreach (var subset in tree.Objects("subsets"))
        {
            foreach (var port in subset.Objects("ports"))
            {
                port.Default("protocol", "TCP");
            }
        }
    }

    /// <inheritdoc/>
    public override void Validate(JsonObject tree, KindContext context, FieldErrors errors)
    {
        ValidateMetadata(tree, errors);
        var index = 0;
        foreach (var subset in tree.Objects("subsets"))
        {
            Subset(subset, FieldPath.Of("subsets").Index(index++), errors);
        }
    }

    /// <inheritdoc/>
    public override void ValidateUpdate(JsonObject tree, JsonObject old, KindContext context, FieldErrors errors)
    {
        ValidateMetadataUpdate(tree, old, errors);
        Validate(tree, context, errors);
    }

    private static void Subset(JsonObject subset, FieldPath path, FieldErrors errors)
    {
        if (subset.Count("addresses") == 0 && subset.Count("notReadyAddresses") == 0)
        {
            errors.Required(path, "must specify `addresses` or `notReadyAddresses`");
        }

        foreach (var member in (ReadOnlySpan<string>)["addresses", "notReadyAddresses"])
        {
            var index = 0;
            foreach (var address in subset.Objects(member))
            {
                Address(address, path.Child(member).Index(index++), errors);
            }
        }

        var ports = subset.Objects("ports");
        for (var i = 0; i < ports.Count; i++)
        {
            Port(ports[i], ports.Count > 1, path.Child("ports").Index(i), errors);
        }
    }

    private static void Address(JsonObject address, FieldPath path, FieldErrors errors)
    {
        var ip = address.Text("ip");
        AddressRules.IP(ip, path.Child("ip"), errors);
        if (address.Text("hostname") is { Length: > 0 } hostname)
        {
            errors.InvalidAll(path.Child("hostname"), hostname, NameRules.DnsLabel(hostname));
        }

        if (address.TextOrNull("nodeName") is { } node)
        {
            errors.InvalidAll(path.Child("nodeName"), node, NameRules.Subdomain(node));
        }

        AddressRules.NonSpecialIP(ip, path.Child("ip"), errors);
    }

    private static void Port(JsonObject port, bool needsName, FieldPath path, FieldErrors errors)
    {
        var name = port.Text("name");
        if (name.Length > 0)
        {
            errors.InvalidAll(path.Child("name"), name, NameRules.DnsLabel(name));
        }
        else if (needsName)
        {
            errors.Required(path.Child("name"));
        }

        errors.InRange(path.Child("port"), port.Number("port"), 1, 65535);
        PortRules.Protocol(port.TextOrNull("protocol"), path.Child("protocol"), errors);
        PortRules.AppProtocol(port.TextOrNull("appProtocol"), path.Child("appProtocol"), errors);
    }
}
