using System.Text.Json.Nodes;
using K124.Sim.Kinds.Validation;
using K124.Sim.Text;

namespace K124.Sim.Kinds.Pods;

/// <summary>Rules of tolerations.</summary>
internal static class TolerationRules
{
    /// <summary>Checks tolerations.</summary>
    public static void Tolerations(JsonObjects tolerations, FieldPath path, FieldErrors errors)
    {
        for (var i = 0; i < tolerations.Count; i++)
        {
            Toleration(tolerations[i], path.Index(i), errors);
        }
    }

    /// <summary>Checks the effect of a taint.</summary>
    public static void Effect(string effect, FieldPath path, FieldErrors errors)
    {
        if (effect is not ("NoSchedule" or "PreferNoSchedule" or "NoExecute"))
        {
            errors.NotSupported(path, effect, "NoSchedule", "PreferNoSchedule", "NoExecute");
        }
    }

    private static void Toleration(JsonObject toleration, FieldPath path, FieldErrors errors)
    {
        var key = toleration.Text("key");
        var operation = toleration.Text("operator");
        var value = toleration.Text("value");
        var effect = toleration.Text("effect");
        if (key.Length > 0)
        {
            LabelRules.LabelName(key, path.Child("key"), errors);
        }
        else if (operation != "Exists")
        {
            errors.Invalid(path.Child("operator"), operation, "operator must be Exists when `key` is empty, which means \"match all values and all keys\"");
        }

        if (toleration.Has("tolerationSeconds") && effect != "NoExecute")
        {
            errors.Invalid(path.Child("effect"), effect, "effect must be 'NoExecute' when `tolerationSeconds` is set");
        }

        switch (operation)
        {
            case "Equal" or "":
                if (NameRules.LabelValue(value) is { Length: > 0 } texts)
                {
                    errors.Invalid(path.Child("operator"), value, string.Join(';', texts));
                }

                break;
            case "Exists":
                if (value.Length > 0)
                {
                    errors.InvalidValue(path.Child("operator"), toleration, "value must be empty when `operator` is 'Exists'");
                }

                break;
            default:
                errors.NotSupported(path.Child("operator"), operation, "Equal", "Exists");
                break;
        }

        if (effect.Length > 0)
        {
            Effect(effect, path.Child("effect"), errors);
        }
    }
}
