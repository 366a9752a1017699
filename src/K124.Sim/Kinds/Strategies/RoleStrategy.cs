using System.Text.Json.Nodes;
using K124.Sim.Kinds.Validation;
using K124.Sim.Text;

namespace K124.Sim.Kinds.Strategies;

/// <summary>Roles and cluster roles.</summary>
/// <param name="isNamespaced">Whether it is the kind that lives in namespaces.</param>
internal sealed class RoleStrategy(bool isNamespaced) : KindStrategy
{
    /// <inheritdoc/>
    public override string Group => "rbac.authorization.k8s.io";

    /// <inheritdoc/>
    public override string Kind => isNamespaced ? "Role" : "ClusterRole";

    /// <inheritdoc/>
    public override bool IsNamespaced => isNamespaced;

    /// <inheritdoc/>
    public override bool AllowsCreateOnUpdate => true;

    /// <inheritdoc/>
    public override string[] NameErrors(string name, bool isPrefix) => NameRules.PathSegment(name);

    /// <inheritdoc/>
    public override void Validate(JsonObject tree, KindContext context, FieldErrors errors)
    {
        ValidateMetadata(tree, errors);
        var index = 0;
        foreach (var rule in tree.Objects("rules"))
        {
            Rule(rule, FieldPath.Of("rules").Index(index++), errors);
        }

        if (tree.Object("aggregationRule") is { } aggregation)
        {
            Aggregation(aggregation.Objects("clusterRoleSelectors"), FieldPath.Of("aggregationRule.clusterRoleSelectors"), errors);
        }
    }

    /// <inheritdoc/>
    public override void ValidateUpdate(JsonObject tree, JsonObject old, KindContext context, FieldErrors errors)
    {
        Validate(tree, context, errors);
        Validate(tree, context, errors);
        ValidateMetadataUpdate(tree, old, errors);
    }

    private void Rule(JsonObject rule, FieldPath path, FieldErrors errors)
    {
        if (rule.Count("verbs") == 0)
        {
            errors.Required(path.Child("verbs"), "verbs must contain at least one value");
        }

        if (rule.Count("nonResourceURLs") > 0)
        {
            NonResourceUrls(rule, path.Child("nonResourceURLs"), errors);
            return;
        }

        if (rule.Count("apiGroups") == 0)
        {
            errors.Required(path.Child("apiGroups"), "resource rules must supply at least one api group");
        }

        if (rule.Count("resources") == 0)
        {
            errors.Required(path.Child("resources"), "resource rules must supply at least one resource");
        }
    }

    private void NonResourceUrls(JsonObject rule, FieldPath path, FieldErrors errors)
    {
        if (isNamespaced)
        {
            errors.InvalidValue(path, rule["nonResourceURLs"], "namespaced rules cannot apply to non-resource URLs");
        }

        if (rule.Count("apiGroups") > 0 || rule.Count("resources") > 0 || rule.Count("resourceNames") > 0)
        {
            errors.InvalidValue(path, rule["nonResourceURLs"], "rules cannot apply to both regular resources and non-resource URLs");
        }
    }

    private static void Aggregation(JsonObjects selectors, FieldPath path, FieldErrors errors)
    {
        if (selectors.Count == 0)
        {
            errors.Required(path, "at least one clusterRoleSelector required if aggregationRule is non-nil");
        }

        for (var i = 0; i < selectors.Count; i++)
        {
            LabelRules.Selector(selectors[i], path.Index(i), errors);
            if (!LabelMatch.IsUsable(selectors[i]))
            {
                errors.InvalidPrinted(path.Index(i), GoSyntax.Print(null), "invalid label selector.");
            }
        }
    }
}
