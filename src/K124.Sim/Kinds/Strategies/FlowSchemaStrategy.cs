using System.Text.Json.Nodes;
using K124.Sim.Kinds.Validation;
using K124.Sim.Text;

namespace K124.Sim.Kinds.Strategies;

/// <summary>Flow schemas.</summary>
/// <remarks>Kubernetes 1.24 pkg/apis/flowcontrol/validation.</remarks>
internal sealed class FlowSchemaStrategy : KindStrategy
{
    private const long StandardPrecedence = 1000;
    private const long HighestPrecedence = 10000;
    private static readonly FieldPath SpecPath = FieldPath.Of("spec");

    /// <inheritdoc/>
    public override string Group => "flowcontrol.apiserver.k8s.io";

    /// <inheritdoc/>
    public override string Kind => "FlowSchema";

    /// <inheritdoc/>
    public override bool IsNamespaced => false;

    /// <inheritdoc/>
    public override bool HasStatus => true;

    /// <inheritdoc/>
    public override string GenerationMember => "spec";

    /// <inheritdoc/>
    public override void Default(JsonObject tree, string version) => tree.Ensure("spec").Default("matchingPrecedence", StandardPrecedence);

    /// <inheritdoc/>
    public override void Validate(JsonObject tree, KindContext context, FieldErrors errors)
    {
        ValidateMetadata(tree, errors);
        var name = tree.Object("metadata").Text("name");
        var spec = tree.Object("spec");
        Precedence(spec.Number("matchingPrecedence"), name, SpecPath.Child("matchingPrecedence"), errors);
        if (spec.Object("distinguisherMethod") is { } method && method.Text("type") is not ("ByNamespace" or "ByUser"))
        {
            errors.NotSupportedPrinted(SpecPath.Child("distinguisherMethod", "type"), "&flowcontrol.FlowDistinguisherMethod{}", "ByNamespace", "ByUser");
        }

        PriorityLevel(spec.Object("priorityLevelConfiguration").Text("name"), SpecPath.Child("priorityLevelConfiguration", "name"), errors);
        var rules = spec.Objects("rules");
        for (var i = 0; i < rules.Count; i++)
        {
            FlowSchemaRules.Rule(rules[i], SpecPath.Child("rules").Index(i), errors);
        }

        FlowControlObjects.CheckFixed(this, tree, errors);
        FlowControlObjects.Conditions(tree, errors);
    }

    /// <inheritdoc/>
    public override void ValidateUpdate(JsonObject tree, JsonObject old, KindContext context, FieldErrors errors) => Validate(tree, context, errors);

    /// <inheritdoc/>
    public override void PrepareForStatusUpdate(JsonObject tree, JsonObject old, KindContext context)
    {
        tree.CopyFrom(old, "spec");
        StatusMetadata.Keep(tree, old);
    }

    /// <inheritdoc/>
    public override void ValidateStatusUpdate(JsonObject tree, JsonObject old, KindContext context, FieldErrors errors) =>
        FlowControlObjects.Conditions(tree, errors);

    private static void Precedence(long precedence, string name, FieldPath path, FieldErrors errors)
    {
        switch (precedence)
        {
            case <= 0:
                errors.Invalid(path, precedence, "must be a positive value");
                break;
            case > HighestPrecedence:
                errors.Invalid(path, precedence, "must not be greater than 10000");
                break;
            case 1 when name != FlowControlObjects.Exempt:
                errors.Invalid(path, precedence, "only the schema named 'exempt' may have matchingPrecedence 1");
                break;
        }
    }

    private static void PriorityLevel(string name, FieldPath path, FieldErrors errors)
    {
        if (name.Length == 0)
        {
            errors.Required(path, "must reference a priority level");
        }
        else
        {
            errors.InvalidAll(path, name, NameRules.Subdomain(name));
        }
    }
}
