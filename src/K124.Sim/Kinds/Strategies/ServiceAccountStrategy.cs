using System.Text.Json.Nodes;
using K124.Sim.Kinds.Validation;

namespace K124.Sim.Kinds.Strategies;

/// <summary>Service accounts.</summary>
internal sealed class ServiceAccountStrategy : KindStrategy
{
    /// <inheritdoc/>
    public override string Group => "";

    /// <inheritdoc/>
    public override string Kind => "ServiceAccount";

    /// <inheritdoc/>
    public override void PrepareForCreate(JsonObject tree, KindContext context) => KeepNames(tree);

    /// <inheritdoc/>
    public override void PrepareForUpdate(JsonObject tree, JsonObject old, KindContext context) => KeepNames(tree);

    /// <inheritdoc/>
    public override void ValidateUpdate(JsonObject tree, JsonObject old, KindContext context, FieldErrors errors)
    {
        ValidateMetadataUpdate(tree, old, errors);
        ValidateMetadata(tree, errors);
    }

    private static void KeepNames(JsonObject tree)
    {
        var secrets = tree.List("secrets");
        for (var i = 0; i < secrets?.Count; i++)
        {
            var kept = new JsonObject();
            kept.Set("name", (secrets[i] as JsonObject).Text("name"));
            secrets[i] = kept;
        }
    }
}
