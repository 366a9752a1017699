using System.Globalization;
using System.Text.Json.Nodes;
using K124.Sim.Kinds.Validation;

namespace K124.Sim.Kinds.Policy;

/// <summary>PriorityClasses.</summary>
internal sealed class PriorityClassStrategy : KindStrategy
{
    private const long HighestForUsers = 1_000_000_000;

    /// <inheritdoc/>
    public override string Group => "scheduling.k8s.io";

    /// <inheritdoc/>
    public override string Kind => "PriorityClass";

    /// <inheritdoc/>
    public override bool IsNamespaced => false;

    /// <inheritdoc/>
    public override void Default(JsonObject tree, string version) => tree.Default("preemptionPolicy", "PreemptLowerPriority");

    /// <inheritdoc/>
    public override void PrepareForCreate(JsonObject tree, KindContext context) => tree.Ensure("metadata")["generation"] = 1L;

    /// <inheritdoc/>
    public override void Validate(JsonObject tree, KindContext context, FieldErrors errors)
    {
        ValidateMetadata(tree, errors);
        var name = tree.Object("metadata").Text("name");
        if (name.StartsWith("system-", StringComparison.Ordinal))
        {
            if (SystemProblem(tree, name) is { } problem)
            {
                errors.Forbidden(
                    FieldPath.Of("metadata").Child("name"),
                    $"priority class names with 'system-' prefix are reserved for system use only. error: {problem}");
            }
        }
        else if (tree.Number("value") > HighestForUsers)
        {
            errors.Forbidden(FieldPath.Of("value"), $"maximum allowed value of a user defined priority is {HighestForUsers}");
        }

        Preemption(tree.TextOrNull("preemptionPolicy"), errors);
    }

    /// <inheritdoc/>
    public override void ValidateUpdate(JsonObject tree, JsonObject old, KindContext context, FieldErrors errors)
    {
        ValidateMetadataUpdate(tree, old, errors);
        if (tree.Number("value") != old.Number("value"))
        {
            errors.Forbidden(FieldPath.Of("Value"), "may not be changed in an update.");
        }

        if (tree.TextOrNull("preemptionPolicy") != old.TextOrNull("preemptionPolicy"))
        {
            errors.Immutable(FieldPath.Of("preemptionPolicy"), tree["preemptionPolicy"]);
        }
    }

    /// <inheritdoc/>
    public override string? DeletionProblem(JsonObject tree) =>
        SystemValue(tree.Object("metadata").Text("name")) is null ? null : "this is a system priority class and cannot be deleted";

    private static long? SystemValue(string name) => name switch { "system-node-critical" => 2_000_001_000, "system-cluster-critical" => 2_000_000_000, _ => null };

    private static string? SystemProblem(JsonObject tree, string name)
    {
        var value = SystemValue(name);
        return value is null ? $"{name} is not a known system priority class"
            : tree.Number("value") != value ? string.Create(CultureInfo.InvariantCulture, $"value of {name} PriorityClass must be {value}")
            : tree.Flag("globalDefault") ? $"globalDefault of {name} PriorityClass must be false"
            : null;
    }

    private static void Preemption(string? policy, FieldErrors errors)
    {
        var path = FieldPath.Of("preemptionPolicy");
        switch (policy)
        {
            case null or "PreemptLowerPriority" or "Never":
                break;
            case "":
                errors.Required(path);
                break;
            default:
                errors.NotSupported(path, policy, "PreemptLowerPriority", "Never");
                break;
        }
    }
}
