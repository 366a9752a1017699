using System.Text.Json.Nodes;
using K124.Sim.Kinds.Validation;
using K124.Sim.Text;

namespace K124.Sim.Kinds.Pods;

/// <summary>Rules of annotations that mean something to pods.</summary>
internal static class PodAnnotationRules
{
    /// <summary>Marks the copy of a pod that a node runs from a file.</summary>
    public const string Mirror = "kubernetes.io/config.mirror";

    /// <summary>Before the name of a container, its AppArmor profile.</summary>
    public const string AppArmorPrefix = "container.apparmor.security.beta.kubernetes.io/";

    private const string Tolerations = "scheduler.alpha.kubernetes.io/tolerations";
    private const string DeletionCost = "controller.kubernetes.io/pod-deletion-cost";

    /// <summary>Checks the annotations of a pod or template.</summary>
    public static void Validate(JsonObject? annotations, JsonObject spec, FieldPath path, FieldErrors errors)
    {
        if (annotations is null)
        {
            return;
        }

        if (annotations.TextOrNull(Mirror) is { } mirror && spec.Text("nodeName").Length == 0)
        {
            errors.Invalid(path.Key(Mirror), mirror, "must set spec.nodeName if mirror pod annotation is set");
        }

        if (annotations.Text(Tolerations) is { Length: > 0 } tolerations)
        {
            OldTolerations(tolerations, path, errors);
        }

        if (annotations.TextOrNull(DeletionCost) is { } cost && !IsCost(cost))
        {
            errors.Invalid(path.Key(DeletionCost), cost, "must be a 32bit integer");
        }

        Seccomp(annotations, path, errors);
        AppArmor(annotations, spec, path, errors);
    }

    /// <summary>Refuses changes of annotations that a pod keeps for its life.</summary>
    public static void ValidateUpdate(JsonObject? annotations, JsonObject? old, JsonObject spec, FieldPath path, FieldErrors errors)
    {
        Keep(annotations, old, key => key.StartsWith(AppArmorPrefix, StringComparison.Ordinal), "AppArmor annotations", path, errors);
        Keep(annotations, old, key => key == Mirror, "mirror pod annotation", path, errors);
        Validate(annotations, spec, path, errors);
    }

    private static void Keep(JsonObject? annotations, JsonObject? old, Func<string, bool> isMeant, string what, FieldPath path, FieldErrors errors)
    {
        foreach (var (key, value) in old ?? [])
        {
            if (isMeant(key) && annotations.TextOrNull(key) != JsonTree.AsText(value))
            {
                errors.Forbidden(path.Key(key), "may not remove or update " + what);
            }
        }

        foreach (var (key, _) in annotations ?? [])
        {
            if (isMeant(key) && !old.Has(key))
            {
                errors.Forbidden(path.Key(key), "may not add " + what);
            }
        }
    }

    private static void OldTolerations(string text, FieldPath path, FieldErrors errors)
    {
        if (GoJson.TryParse(System.Text.Encoding.UTF8.GetBytes(text), out var node) is { } fault)
        {
            errors.Invalid(path, Tolerations, fault);
            return;
        }

        if (node is not (null or JsonArray))
        {
            errors.Invalid(path, Tolerations, $"json: cannot unmarshal {GoJson.KindWord(node)} into Go value of type []v1.Toleration");
            return;
        }

        TolerationRules.Tolerations(new(node as JsonArray), path.Child(Tolerations), errors);
    }

    // Written as Go writes numbers: no plus sign, no leading zeros.
    private static bool IsCost(string text) =>
        int.TryParse(text, System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out _)
        && !(text[0] == '+' || (text.Length > 1 && text[0] == '0') || (text.Length > 1 && text[0] == '-' && text[1] == '0'));

    private static void Seccomp(JsonObject annotations, FieldPath path, FieldErrors errors)
    {
        if (annotations.TextOrNull(SeccompSkew.PodKey) is { } ofPod)
        {
            Profile(ofPod, path.Child(SeccompSkew.PodKey), errors);
        }

        foreach (var (key, value) in annotations)
        {
            if (key.StartsWith(SeccompSkew.ContainerPrefix, StringComparison.Ordinal))
            {
                Profile(JsonTree.AsText(value) ?? "", path.Child(key), errors);
            }
        }
    }

    private static void Profile(string profile, FieldPath path, FieldErrors errors)
    {
        const string Local = "localhost/";
        if (profile is "runtime/default" or "docker/default" or "unconfined")
        {
            return;
        }

        if (profile.StartsWith(Local, StringComparison.Ordinal))
        {
            PathRules.Descending(profile[Local.Length..], path, errors);
        }
        else
        {
            errors.Invalid(path, profile, "must be a valid seccomp profile");
        }
    }

    private static void AppArmor(JsonObject annotations, JsonObject spec, FieldPath path, FieldErrors errors)
    {
        foreach (var (key, value) in annotations)
        {
            if (!key.StartsWith(AppArmorPrefix, StringComparison.Ordinal))
            {
                continue;
            }

            var container = key[AppArmorPrefix.Length..];
            var isKnown = false;
            foreach (var list in (ReadOnlySpan<string>)["initContainers", "containers", "ephemeralContainers"])
            {
                isKnown |= spec.Objects(list).FindBy("name", container) is not null;
            }

            if (!isKnown)
            {
                errors.Invalid(path.Key(key), container, "container not found");
            }

            var profile = JsonTree.AsText(value) ?? "";
            if (profile is not ("" or "runtime/default" or "unconfined") && !profile.StartsWith("localhost/", StringComparison.Ordinal))
            {
                errors.Invalid(path.Key(key), profile, $"invalid AppArmor profile name: {GoText.Quote(profile)}");
            }
        }
    }
}
