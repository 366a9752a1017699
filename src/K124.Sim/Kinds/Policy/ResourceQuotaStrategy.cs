using System.Text.Json.Nodes;
using K124.Sim.Kinds.Pods;
using K124.Sim.Kinds.Schema;
using K124.Sim.Kinds.Validation;

namespace K124.Sim.Kinds.Policy;

/// <summary>ResourceQuotas.</summary>
internal sealed class ResourceQuotaStrategy : KindStrategy
{
    private static readonly FieldPath SpecPath = FieldPath.Of("spec");
    private static readonly FieldPath StatusPath = FieldPath.Of("status");

    /// <inheritdoc/>
    public override string Group => "";

    /// <inheritdoc/>
    public override string Kind => "ResourceQuota";

    /// <inheritdoc/>
    public override bool HasStatus => true;

    /// <inheritdoc/>
    public override void Validate(JsonObject tree, KindContext context, FieldErrors errors)
    {
        ValidateMetadata(tree, errors);
        Spec(tree, errors);
        Status(tree.Object("status"), errors);
    }

    /// <inheritdoc/>
    public override void ValidateUpdate(JsonObject tree, JsonObject old, KindContext context, FieldErrors errors)
    {
        ValidateMetadataUpdate(tree, old, errors);
        Spec(tree, errors);
        var scopes = tree.Object("spec").Texts("scopes");
        if (!scopes.ToHashSet(StringComparer.Ordinal).SetEquals(old.Object("spec").Texts("scopes")))
        {
            errors.Immutable(SpecPath.Child("scopes"), tree.Object("spec")?["scopes"]);
        }
    }

    /// <inheritdoc/>
    public override void ValidateStatusUpdate(JsonObject tree, JsonObject old, KindContext context, FieldErrors errors)
    {
        ValidateMetadataUpdate(tree, old, errors);
        if (tree.Object("metadata").Text("resourceVersion").Length == 0)
        {
            errors.Required(FieldPath.Of("resourceVersion"));
        }

        Status(tree.Object("status"), errors);
    }

    private static void Spec(JsonObject tree, FieldErrors errors)
    {
        var spec = tree.Object("spec");
        Amounts(spec.Object("hard"), SpecPath.Child("hard"), errors);
        QuotaScopeRules.Scopes(spec, SpecPath, errors);
    }

    private static void Status(JsonObject? status, FieldErrors errors)
    {
        Amounts(status.Object("hard"), StatusPath.Child("hard"), errors);
        Amounts(status.Object("used"), StatusPath.Child("used"), errors);
    }

    private static void Amounts(JsonObject? amounts, FieldPath path, FieldErrors errors)
    {
        foreach (var (name, value) in amounts ?? [])
        {
            var here = path.Key(name);
            ResourceRules.Name(name, here, errors);
            if (!name.Contains('/', StringComparison.Ordinal) && !ResourceNames.IsStandardForQuota(name))
            {
                errors.Invalid(here, name, "must be a standard resource for quota");
            }

            ResourceRules.Value(name, Quantities.Read(JsonTree.AsText(value)), here, errors);
        }
    }
}
