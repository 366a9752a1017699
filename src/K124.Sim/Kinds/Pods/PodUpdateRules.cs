using System.Text.Json.Nodes;
using K124.Sim.Kinds.Schema;
using K124.Sim.Kinds.Validation;
using K124.Sim.Text;

namespace K124.Sim.Kinds.Pods;

/// <summary>What may change in a pod.</summary>
internal static class PodUpdateRules
{
    private const string OtherFields = "pod updates may not change fields other than `spec.containers[*].image`, `spec.initContainers[*].image`, "
        + "`spec.activeDeadlineSeconds`, `spec.tolerations` (only additions to existing tolerations) or `spec.terminationGracePeriodSeconds` "
        + "(allow it to be set to 1 if it was previously negative)\n";

    private static readonly FieldPath SpecPath = FieldPath.Of("spec");

    /// <summary>Checks an update of a pod that is well-formed by itself.</summary>
    public static void Validate(JsonObject tree, JsonObject old, SchemaType specType, FieldErrors errors)
    {
        PodAnnotationRules.ValidateUpdate(
            tree.Object("metadata", "annotations"), old.Object("metadata", "annotations"), tree.Object("spec") ?? [],
            FieldPath.Of("metadata").Child("annotations"), errors);
        var spec = tree.Object("spec");
        var oldSpec = old.Object("spec");
        var isStopped = false;
        foreach (var list in (ReadOnlySpan<string>)["containers", "initContainers"])
        {
            isStopped = isStopped || Images(spec, oldSpec, list, errors);
        }

        if (isStopped)
        {
            return;
        }

        ActiveDeadline(spec, oldSpec, errors);
        Tolerations(spec, oldSpec, errors);
        Rest(spec, oldSpec, specType, errors);
    }

    /// <summary>Checks that containers were only added.</summary>
    public static void EphemeralContainers(JsonObject? spec, JsonObject? old, FieldPath path, FieldErrors errors)
    {
        var type = SchemaFacts.Instance.Type("api.core.v1.EphemeralContainer");
        foreach (var container in old.Objects("ephemeralContainers"))
        {
            var name = container.Text("name");
            if (spec.Objects("ephemeralContainers").FindBy("name", name) is not { } found)
            {
                errors.Forbidden(path, $"existing ephemeral containers {GoText.Quote(name)} may not be removed\n");
            }
            else if (!SchemaEquality.Equals(type, found, container))
            {
                errors.Forbidden(path, $"existing ephemeral containers {GoText.Quote(name)} may not be changed\n");
            }
        }
    }

    private static bool Images(JsonObject? spec, JsonObject? old, string list, FieldErrors errors)
    {
        var containers = spec.Objects(list);
        if (containers.Count != old.Count(list))
        {
            errors.Forbidden(SpecPath.Child(list), "pod updates may not add or remove containers");
            return true;
        }

        for (var i = 0; i < containers.Count; i++)
        {
            if (containers[i].Text("image").Length == 0)
            {
                errors.Required(SpecPath.Child(list).Index(i).Child("image"));
            }

            ContainerRules.ImageBlanks(containers[i], SpecPath.Child(list).Index(i), errors);
        }

        return false;
    }

    private static void ActiveDeadline(JsonObject? spec, JsonObject? old, FieldErrors errors)
    {
        var path = SpecPath.Child("activeDeadlineSeconds");
        var deadline = spec.NumberOrNull("activeDeadlineSeconds");
        var before = old.NumberOrNull("activeDeadlineSeconds");
        if (deadline is { } value)
        {
            if (value is < 0 or > int.MaxValue)
            {
                errors.InRange(path, value, 0, int.MaxValue);
            }
            else if (before < value)
            {
                errors.Invalid(path, value, "must be less than or equal to previous value");
            }
        }
        else if (before is not null)
        {
            errors.InvalidValue(path, null, "must not update from a positive integer to nil value");
        }
    }

    private static void Tolerations(JsonObject? spec, JsonObject? old, FieldErrors errors)
    {
        foreach (var toleration in old.Objects("tolerations"))
        {
            if (!spec.Objects("tolerations").Any(other => IsSameButSeconds(toleration, other)))
            {
                errors.Forbidden(SpecPath.Child("tolerations"), "existing toleration can not be modified except its tolerationSeconds");
                return;
            }
        }

        TolerationRules.Tolerations(spec.Objects("tolerations"), SpecPath.Child("tolerations"), errors);
    }

    private static bool IsSameButSeconds(JsonObject left, JsonObject right) => left.Text("key") == right.Text("key")
        && left.Text("operator") == right.Text("operator") && left.Text("value") == right.Text("value") && left.Text("effect") == right.Text("effect");

    private static void Rest(JsonObject? spec, JsonObject? old, SchemaType type, FieldErrors errors)
    {
        if (IsSameRest(spec, old, type))
        {
            return;
        }

        errors.Forbidden(SpecPath, OtherFields);
    }

    private static bool IsSameRest(JsonObject? spec, JsonObject? old, SchemaType type)
    {
        foreach (var field in type.Fields)
        {
            var isSame = field.Name switch
            {
                "activeDeadlineSeconds" or "tolerations" => true,
                "containers" or "initContainers" => SameButImages(spec, old, field.Name),
                "terminationGracePeriodSeconds" => spec.NumberOrNull(field.Name) is var grace && old.NumberOrNull(field.Name) is var before
                    && (grace == before || (before < 0 && grace == 1)),
                _ => SchemaEquality.MemberEquals(type, spec, old, field.Name),
            };
            if (!isSame)
            {
                return false;
            }
        }

        return true;
    }

    private static bool SameButImages(JsonObject? spec, JsonObject? old, string list)
    {
        var type = SchemaFacts.Instance.Type("api.core.v1.Container");
        var containers = spec.Objects(list);
        var before = old.Objects(list);
        for (var i = 0; i < containers.Count; i++)
        {
            foreach (var field in type.Fields)
            {
                if (field.Name != "image" && !SchemaEquality.MemberEquals(type, containers[i], before[i], field.Name))
                {
                    return false;
                }
            }
        }

        return true;
    }
}
