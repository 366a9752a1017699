using System.Text.Json.Nodes;
using K124.Sim.Kinds.Validation;

namespace K124.Sim.Kinds.Pods;

/// <summary>Keeps the old annotations of seccomp profiles and the fields that replaced them the same.</summary>
internal static class SeccompSkew
{
    /// <summary>Annotation with the profile of the pod.</summary>
    public const string PodKey = "seccomp.security.alpha.kubernetes.io/pod";

    /// <summary>Before the name of a container, the annotation with its profile.</summary>
    public const string ContainerPrefix = "container.seccomp.security.alpha.kubernetes.io/";

    private const string Local = "localhost/";
    private static readonly string[] Lists = ["initContainers", "containers", "ephemeralContainers"];

    /// <summary>Fills fields from annotations and annotations from fields.</summary>
    public static void Apply(JsonObject pod)
    {
        var metadata = pod.Ensure("metadata");
        var spec = pod.Ensure("spec");
        Apply(metadata, spec, PodKey);
        foreach (var list in Lists)
        {
            foreach (var container in spec.Objects(list))
            {
                Apply(metadata, container, ContainerPrefix + container.Text("name"), spec);
            }
        }
    }

    /// <summary>Refuses a pod whose annotation and field tell different profiles.</summary>
    public static void Validate(JsonObject pod, FieldErrors errors)
    {
        var annotations = pod.Object("metadata", "annotations");
        var spec = pod.Ensure("spec");
        var path = FieldPath.Of("spec");
        Compare(annotations.TextOrNull(PodKey), spec, path, errors);
        foreach (var list in Lists)
        {
            var containers = spec.Objects(list);
            for (var i = 0; i < containers.Count; i++)
            {
                Compare(annotations.TextOrNull(ContainerPrefix + containers[i].Text("name")), containers[i], path.Child(list).Index(i), errors);
            }
        }
    }

    /// <summary>The profile that an annotation means; null if it means none.</summary>
    public static JsonObject? ProfileOf(string annotation) => annotation switch
    {
        "unconfined" => new JsonObject { ["type"] = "Unconfined" },
        "runtime/default" or "docker/default" => new JsonObject { ["type"] = "RuntimeDefault" },
        _ => annotation.StartsWith(Local, StringComparison.Ordinal) && annotation.Length > Local.Length
            ? new JsonObject { ["type"] = "Localhost", ["localhostProfile"] = annotation[Local.Length..] }
            : null,
    };

    private static void Apply(JsonObject metadata, JsonObject owner, string key, JsonObject? pod = null)
    {
        var annotations = metadata.Object("annotations");
        var profile = owner.Object("securityContext", "seccompProfile");
        if (profile is not null)
        {
            if (!annotations.Has(key) && AnnotationOf(profile) is { } text)
            {
                metadata.Ensure("annotations")[key] = text;
            }

            return;
        }

        var given = annotations.TextOrNull(key);

        // What the pod's annotation says is meant for containers that say nothing; their fields stay empty.
        if (given is not null && ProfileOf(given) is { } meant)
        {
            owner.Ensure("securityContext")["seccompProfile"] = meant;
        }
    }

    private static string? AnnotationOf(JsonObject profile) => profile.Text("type") switch
    {
        "Unconfined" => "unconfined",
        "RuntimeDefault" => "runtime/default",
        "Localhost" => profile.TextOrNull("localhostProfile") is { } local ? Local + local : null,
        _ => null,
    };

    private static void Compare(string? annotation, JsonObject owner, FieldPath path, FieldErrors errors)
    {
        if (annotation is null || owner.Object("securityContext", "seccompProfile") is not { } profile)
        {
            return;
        }

        var field = path.Child("securityContext", "seccompProfile");
        var type = profile.Text("type");
        var isSame = type switch
        {
            "Unconfined" => annotation == "unconfined",
            "RuntimeDefault" => annotation is "runtime/default" or "docker/default",
            "Localhost" => annotation.StartsWith(Local, StringComparison.Ordinal),
            _ => true,
        };
        if (!isSame)
        {
            errors.Forbidden(field.Child("type"), "seccomp type in annotation and field must match");
        }
        else if (type == "Localhost" && profile.TextOrNull("localhostProfile") is { } local && annotation != Local + local)
        {
            errors.Forbidden(field.Child("localhostProfile"), "seccomp profile in annotation and field must match");
        }
    }
}
