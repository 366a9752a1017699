using System.Text.Json.Nodes;
using K124.Sim.Kinds.Schema;
using K124.Sim.Kinds.Validation;
using K124.Sim.Text;

namespace K124.Sim.Kinds.Strategies;

/// <summary>Network policies.</summary>
internal sealed class NetworkPolicyStrategy : KindStrategy
{
    private const int MostTypes = 2;
    private static readonly FieldPath SpecPath = FieldPath.Of("spec");
    private static readonly (string Member, string Peers)[] Directions = [("ingress", "from"), ("egress", "to")];

    /// <inheritdoc/>
    public override string Group => "networking.k8s.io";

    /// <inheritdoc/>
    public override string ErrorGroup => "extensions";

    /// <inheritdoc/>
    public override string Kind => "NetworkPolicy";

    /// <inheritdoc/>
    public override bool HasStatus => true;

    /// <inheritdoc/>
    public override string GenerationMember => "spec";

    /// <inheritdoc/>
    public override void Default(JsonObject tree, string version)
    {
        var spec = tree.Ensure("spec");
        foreach (var (member, _) in Directions)
        {
            foreach (var rule in spec.Objects(member))
            {
                foreach (var port in rule.Objects("ports"))
                {
                    port.Default("protocol", "TCP");
                }
            }
        }

        if (spec.Count("policyTypes") == 0)
        {
            var types = spec.EnsureList("policyTypes");
            types.Add((JsonNode)JsonValue.Create("Ingress"));
            if (spec.Count("egress") > 0)
            {
                types.Add((JsonNode)JsonValue.Create("Egress"));
            }
        }
    }

    /// <inheritdoc/>
    /// <remarks>The policy is compared exactly: an empty list or map is another thing than none.</remarks>
    public override void PrepareForUpdate(JsonObject tree, JsonObject old, KindContext context)
    {
        base.PrepareForUpdate(tree, old, context);
        if (context.Sent is { } sent && EmptyCollections.AreIn(SchemaIn("v1").Field("spec").Shape, sent["spec"]))
        {
            BumpGeneration(tree, old);
        }
    }

    /// <inheritdoc/>
    public override void Validate(JsonObject tree, KindContext context, FieldErrors errors)
    {
        ValidateMetadata(tree, errors);
        Spec(tree.Object("spec"), errors);
    }

    /// <inheritdoc/>
    public override void ValidateUpdate(JsonObject tree, JsonObject old, KindContext context, FieldErrors errors)
    {
        Validate(tree, context, errors);
        ValidateMetadataUpdate(tree, old, errors);
        Spec(tree.Object("spec"), errors);
    }

    private static void Spec(JsonObject? spec, FieldErrors errors)
    {
        LabelRules.Selector(spec.Object("podSelector"), SpecPath.Child("podSelector"), errors);
        foreach (var (member, peers) in Directions)
        {
            var rules = spec.Objects(member);
            for (var i = 0; i < rules.Count; i++)
            {
                Rule(rules[i], peers, SpecPath.Child(member).Index(i), errors);
            }
        }

        Types(spec, errors);
    }

    private static void Types(JsonObject? spec, FieldErrors errors)
    {
        var types = spec.Texts("policyTypes");
        if (types.Count > MostTypes)
        {
            errors.InvalidPrinted(SpecPath.Child("policyTypes"), "&" + GoSyntax.Print(spec!["policyTypes"]), "may not specify more than two policyTypes");
            return;
        }

        for (var i = 0; i < types.Count; i++)
        {
            if (types[i] is not ("Ingress" or "Egress"))
            {
                errors.NotSupported(SpecPath.Child("policyTypes").Index(i), types[i], "Ingress", "Egress");
            }
        }
    }

    private static void Rule(JsonObject rule, string peersMember, FieldPath path, FieldErrors errors)
    {
        var ports = rule.Objects("ports");
        for (var i = 0; i < ports.Count; i++)
        {
            Port(ports[i], path.Child("ports").Index(i), errors);
        }

        var peers = rule.Objects(peersMember);
        for (var i = 0; i < peers.Count; i++)
        {
            Peer(peers[i], path.Child(peersMember).Index(i), errors);
        }
    }

    private static void Port(JsonObject entry, FieldPath path, FieldErrors errors)
    {
        if (entry.TextOrNull("protocol") is { } protocol and not ("TCP" or "UDP" or "SCTP"))
        {
            errors.NotSupported(path.Child("protocol"), protocol, "TCP", "UDP", "SCTP");
        }

        var end = entry.NumberOrNull("endPort");
        var endPath = path.Child("endPort");
        if (entry.NumberOrNull("port") is { } port)
        {
            errors.InRange(path.Child("port"), port, 1, 65535);
            if (end < port)
            {
                errors.Invalid(endPath, port, "must be greater than or equal to `port`");
            }

            if (end is { } last)
            {
                errors.InRange(endPath, last, 1, 65535);
            }
        }
        else if (entry.TextOrNull("port") is { } name)
        {
            if (end is { } last)
            {
                errors.Invalid(endPath, last, "may not be specified when `port` is non-numeric");
            }

            errors.InvalidAll(path.Child("port"), name, NameRules.PortName(name));
        }
        else if (end is { } last)
        {
            errors.Invalid(endPath, last, "may not be specified when `port` is not specified");
        }
    }

    private static void Peer(JsonObject peer, FieldPath path, FieldErrors errors)
    {
        var count = 0;
        foreach (var member in (ReadOnlySpan<string>)["podSelector", "namespaceSelector"])
        {
            if (peer.Object(member) is { } selector)
            {
                count++;
                LabelRules.Selector(selector, path.Child(member), errors);
            }
        }

        if (peer.Object("ipBlock") is { } block)
        {
            count++;
            Block(block, path.Child("ipBlock"), errors);
        }

        if (count == 0)
        {
            errors.Required(path, "must specify a peer");
        }
        else if (count > 1 && peer.Has("ipBlock"))
        {
            errors.Forbidden(path, "may not specify both ipBlock and another peer");
        }
    }

    private static void Block(JsonObject block, FieldPath path, FieldErrors errors)
    {
        const string NoCidr = "not a valid CIDR";
        var cidr = block.Text("cidr");
        if (cidr.Length == 0)
        {
            errors.Required(path.Child("cidr"));
            return;
        }

        if (!IPText.TryParseCidr(cidr, out var address, out var length))
        {
            errors.Invalid(path.Child("cidr"), cidr, NoCidr);
            return;
        }

        var exceptions = block.Texts("except");
        for (var i = 0; i < exceptions.Count; i++)
        {
            var place = path.Child("except").Index(i);
            if (!IPText.TryParseCidr(exceptions[i], out var inner, out var innerLength))
            {
                errors.Invalid(place, exceptions[i], NoCidr);
                return;
            }

            if (inner.IsV4 != address.IsV4 || inner.Masked(length) != address.Masked(length) || length >= innerLength)
            {
                errors.Invalid(place, exceptions[i], "must be a strict subset of `cidr`");
            }
        }
    }
}
