using System.Text.Json.Nodes;
using K124.Sim.Kinds.Validation;

namespace K124.Sim.Kinds.Strategies;

/// <summary>Webhook configurations of either kind.</summary>
/// <param name="isMutating">Whether it is the kind whose webhooks change objects.</param>
internal sealed class WebhookConfigurationStrategy(bool isMutating) : KindStrategy
{
    private const long TimeoutSeconds = 10;
    private static readonly FieldPath HooksPath = FieldPath.Of("webhooks");

    /// <inheritdoc/>
    public override string Group => "admissionregistration.k8s.io";

    /// <inheritdoc/>
    public override string Kind => isMutating ? "MutatingWebhookConfiguration" : "ValidatingWebhookConfiguration";

    /// <inheritdoc/>
    public override bool IsNamespaced => false;

    /// <inheritdoc/>
    public override bool AllowsUnconditionalUpdate => false;

    /// <inheritdoc/>
    public override string GenerationMember => "webhooks";

    /// <inheritdoc/>
    public override void Default(JsonObject tree, string version)
    {
        foreach (var hook in tree.Objects("webhooks"))
        {
            hook.Default("failurePolicy", "Fail");
            hook.Default("matchPolicy", "Equivalent");
            hook.Ensure("namespaceSelector");
            hook.Ensure("objectSelector");
            hook.Default("timeoutSeconds", TimeoutSeconds);
            if (isMutating)
            {
                hook.Default("reinvocationPolicy", "Never");
            }

            foreach (var rule in hook.Objects("rules"))
            {
                rule.Default("scope", "*");
            }

            hook.Object("clientConfig", "service")?.Default("port", 443L);
        }
    }

    /// <inheritdoc/>
    public override void Validate(JsonObject tree, KindContext context, FieldErrors errors) =>
        Validate(tree, requiresNoSideEffects: true, requiresKnownVersion: true, requiresUniqueNames: true, errors);

    /// <inheritdoc/>
    public override void ValidateUpdate(JsonObject tree, JsonObject old, KindContext context, FieldErrors errors) => Validate(
        tree,
        requiresNoSideEffects: All(old, hook => hook.Text("sideEffects") is "None" or "NoneOnDryRun"),
        requiresKnownVersion: All(old, hook => hook.Texts("admissionReviewVersions").Any(WebhookRules.IsKnownVersion)),
        requiresUniqueNames: HasUniqueNames(old),
        errors);

    private void Validate(JsonObject tree, bool requiresNoSideEffects, bool requiresKnownVersion, bool requiresUniqueNames, FieldErrors errors)
    {
        MetadataRules.ValidateGeneric(tree.Object("metadata"), IsNamespaced, NameErrors, errors);
        var names = new HashSet<string>(StringComparer.Ordinal);
        var index = 0;
        foreach (var hook in tree.Objects("webhooks"))
        {
            var path = HooksPath.Index(index++);
            WebhookRules.Hook(hook, isMutating, requiresNoSideEffects, path, errors);
            WebhookRules.ReviewVersions(hook, requiresKnownVersion, path.Child("admissionReviewVersions"), errors);
            if (requiresUniqueNames && hook.Text("name") is { Length: > 0 } name && !names.Add(name))
            {
                errors.Duplicate(path.Child("name"), name);
            }
        }
    }

    private static bool All(JsonObject tree, Func<JsonObject, bool> condition) => !tree.Objects("webhooks").Any(hook => !condition(hook));

    private static bool HasUniqueNames(JsonObject tree)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        return All(tree, hook => names.Add(hook.Text("name")));
    }
}
