using System.Text.Json.Nodes;
using K124.Sim.Kinds.Validation;
using K124.Sim.Text;

namespace K124.Sim.Kinds.Strategies;

/// <summary>ConfigMaps.</summary>
internal sealed class ConfigMapStrategy : KindStrategy
{
    /// <inheritdoc/>
    public override string Group => "";

    /// <inheritdoc/>
    public override string Kind => "ConfigMap";

    /// <inheritdoc/>
    public override void Validate(JsonObject tree, KindContext context, FieldErrors errors)
    {
        ValidateMetadata(tree, errors);
        var binary = tree.Object("binaryData");
        var size = 0L;
        foreach (var (key, value) in tree.Object("data") ?? [])
        {
            var path = FieldPath.Of("data").Key(key);
            errors.InvalidAll(path, key, NameRules.ConfigKey(key));
            if (binary.Has(key))
            {
                errors.Invalid(path, key, "duplicate of key present in binaryData");
            }

            size += NameRules.Utf8Length(JsonTree.AsText(value) ?? "");
        }

        foreach (var (key, value) in binary ?? [])
        {
            errors.InvalidAll(FieldPath.Of("binaryData").Key(key), key, NameRules.ConfigKey(key));
            size += ImmutableData.ByteCount(value);
        }

        if (size > ImmutableData.MostBytes)
        {
            // The error is about the whole object, whose path prints like this.
            errors.TooLong(FieldPath.Of("[]"), ImmutableData.MostBytes);
        }
    }

    /// <inheritdoc/>
    public override void ValidateUpdate(JsonObject tree, JsonObject old, KindContext context, FieldErrors errors)
    {
        ValidateMetadataUpdate(tree, old, errors);
        ImmutableData.Check(tree, old, errors, member => Same(tree, old, member), "data", "binaryData");
        Validate(tree, context, errors);
    }
}
