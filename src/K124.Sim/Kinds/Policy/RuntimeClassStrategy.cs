using System.Text.Json.Nodes;
using K124.Sim.Kinds.Pods;
using K124.Sim.Kinds.Schema;
using K124.Sim.Kinds.Validation;
using K124.Sim.Text;

namespace K124.Sim.Kinds.Policy;

/// <summary>RuntimeClasses.</summary>
internal sealed class RuntimeClassStrategy : KindStrategy
{
    /// <inheritdoc/>
    public override string Group => "node.k8s.io";

    /// <inheritdoc/>
    public override string Kind => "RuntimeClass";

    /// <inheritdoc/>
    public override bool IsNamespaced => false;

    /// <inheritdoc/>
    public override bool ChecksFinalizers => false;

    /// <inheritdoc/>
    public override bool AllowsCreateOnUpdate => true;

    /// <inheritdoc/>
    public override bool AllowsUnconditionalUpdate => false;

    /// <inheritdoc/>
    public override void Validate(JsonObject tree, KindContext context, FieldErrors errors)
    {
        ValidateMetadata(tree, errors);
        errors.InvalidAll(FieldPath.Of("handler"), tree.Text("handler"), NameRules.DnsLabel(tree.Text("handler")));
        if (tree.Object("overhead") is { } overhead)
        {
            var limits = new JsonObject { ["limits"] = overhead["podFixed"]?.DeepClone() };
            ResourceRules.Requirements(limits, FieldPath.Of("overhead"), errors);
        }

        if (tree.Object("scheduling") is { } scheduling)
        {
            Scheduling(scheduling, FieldPath.Of("scheduling"), errors);
        }
    }

    /// <inheritdoc/>
    public override void ValidateUpdate(JsonObject tree, JsonObject old, KindContext context, FieldErrors errors)
    {
        Validate(tree, context, errors);
        ValidateMetadataUpdate(tree, old, errors);
        if (tree.Text("handler") != old.Text("handler"))
        {
            errors.Immutable(FieldPath.Of("handler"), JsonValue.Create(tree.Text("handler")));
        }
    }

    private static void Scheduling(JsonObject scheduling, FieldPath path, FieldErrors errors)
    {
        LabelRules.Labels(scheduling.Object("nodeSelector"), path.Child("nodeSelector"), errors);
        var tolerations = scheduling.Objects("tolerations");
        TolerationRules.Tolerations(tolerations, path.Child("tolerations", "tolerations"), errors);
        var type = SchemaFacts.Instance.Type("api.core.v1.Toleration");
        for (var i = 1; i < tolerations.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                if (SchemaEquality.Equals(type, tolerations[i], tolerations[j]))
                {
                    errors.DuplicateValue(path.Child("tolerations").Index(i), tolerations[i]);
                    break;
                }
            }
        }
    }
}
