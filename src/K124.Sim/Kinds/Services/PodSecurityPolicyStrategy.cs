using System.Text.Json.Nodes;
using K124.Sim.Kinds.Validation;

namespace K124.Sim.Kinds.Services;

/// <summary>Policies of pod security, which 1.24 still serves.</summary>
internal sealed class PodSecurityPolicyStrategy : KindStrategy
{
    private static readonly FieldPath SpecPath = FieldPath.Of("spec");
    private static readonly string[] UserRules = ["MustRunAs", "MustRunAsNonRoot", "RunAsAny"];
    private static readonly string[] GroupRules = ["MayRunAs", "MustRunAs", "RunAsAny"];
    private static readonly string[] SELinuxRules = ["MustRunAs", "RunAsAny"];

    /// <inheritdoc/>
    public override string Group => "policy";

    /// <inheritdoc/>
    public override string Kind => "PodSecurityPolicy";

    /// <inheritdoc/>
    public override string ErrorGroup => "extensions";

    /// <inheritdoc/>
    public override bool IsNamespaced => false;

    /// <inheritdoc/>
    public override void Default(JsonObject tree, string version) => tree.Ensure("spec").Default("allowPrivilegeEscalation", true);

    /// <inheritdoc/>
    public override void Validate(JsonObject tree, KindContext context, FieldErrors errors)
    {
        ValidateMetadata(tree, errors);
        Spec(tree.Object("spec"), errors);
    }

    /// <inheritdoc/>
    public override void ValidateUpdate(JsonObject tree, JsonObject old, KindContext context, FieldErrors errors)
    {
        ValidateMetadataUpdate(tree, old, errors);
        Spec(tree.Object("spec"), errors);
    }

    private static void Spec(JsonObject? spec, FieldErrors errors)
    {
        Rule(spec, "runAsUser", UserRules, errors);
        if (spec.Has("runAsGroup"))
        {
            Rule(spec, "runAsGroup", GroupRules, errors);
        }

        Rule(spec, "seLinux", SELinuxRules, errors);
        Rule(spec, "supplementalGroups", GroupRules, errors);
        Rule(spec, "fsGroup", GroupRules, errors);
        if (spec.Flag("defaultAllowPrivilegeEscalation") && spec.Has("allowPrivilegeEscalation") && !spec.Flag("allowPrivilegeEscalation"))
        {
            errors.InvalidValue(
                SpecPath.Child("defaultAllowPrivilegeEscalation"), JsonValue.Create(true),
                "Cannot set DefaultAllowPrivilegeEscalation to true without also setting AllowPrivilegeEscalation to true");
        }
    }

    private static void Rule(JsonObject? spec, string member, string[] rules, FieldErrors errors)
    {
        var rule = spec.Object(member).Text("rule");
        if (!rules.Contains(rule))
        {
            errors.NotSupported(SpecPath.Child(member, "rule"), rule, rules);
        }
    }
}
