using System.Text.Json.Nodes;
using K124.Sim.Kinds.Validation;

namespace K124.Sim.Kinds.Strategies;

/// <summary>Services, save for what their addresses and ports decide: who gives those out checks the specification, too.</summary>
internal sealed class ServiceStrategy : KindStrategy
{
    /// <inheritdoc/>
    public override string Group => "";

    /// <inheritdoc/>
    public override string Kind => "Service";

    /// <inheritdoc/>
    public override bool HasStatus => true;

    /// <inheritdoc/>
    public override bool AllowsCreateOnUpdate => true;

    /// <inheritdoc/>
    public override string[] NameErrors(string name, bool isPrefix) => MetadataRules.Label1035(name, isPrefix);

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
}
