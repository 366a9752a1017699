using System.Text.Json.Nodes;
using K124.Sim.Kinds.Schema;
using K124.Sim.Kinds.Validation;
using K124.Sim.Text;

namespace K124.Sim.Kinds.Pods;

/// <summary>Rules of references to members of the pod and to resources of its containers.</summary>
internal static class DownwardRules
{
    private const string Sizes = "1, 1k, 1M, 1G, 1T, 1P, 1E, 1Ki, 1Mi, 1Gi, 1Ti, 1Pi, 1Ei";

    private static readonly string[] Resources =
        ["limits.cpu", "limits.ephemeral-storage", "limits.memory", "requests.cpu", "requests.ephemeral-storage", "requests.memory"];

    /// <summary>Checks a reference to a member of the pod.</summary>
    public static void FieldReference(JsonObject reference, string[] supported, FieldPath path, FieldErrors errors)
    {
        var version = reference.Text("apiVersion");
        var label = reference.Text("fieldPath");
        if (version.Length == 0)
        {
            errors.Required(path.Child("apiVersion"));
            return;
        }

        if (label.Length == 0)
        {
            errors.Required(path.Child("fieldPath"));
            return;
        }

        var (member, subscript) = Split(label);
        if (Problem(version, label, member, subscript) is { } problem)
        {
            errors.Invalid(path.Child("fieldPath"), label, "error converting fieldPath: " + problem);
        }
        else if (subscript is not null)
        {
            errors.InvalidAll(path, subscript, NameRules.QualifiedName(member == "metadata.annotations" ? subscript.ToLowerInvariant() : subscript));
        }
        else
        {
            var converted = label == "spec.host" ? "spec.nodeName" : label;
            if (!supported.Contains(converted))
            {
                errors.NotSupported(path.Child("fieldPath"), converted, supported);
            }
        }
    }

    /// <summary>Checks a reference to a resource of a container.</summary>
    public static void ResourceReference(JsonObject reference, bool needsContainer, FieldPath path, FieldErrors errors)
    {
        var resource = reference.Text("resource");
        if (needsContainer && reference.Text("containerName").Length == 0)
        {
            errors.Required(path.Child("containerName"));
        }
        else if (resource.Length == 0)
        {
            errors.Required(path.Child("resource"));
        }
        else if (!Resources.Contains(resource) && !IsHugePages(resource))
        {
            errors.NotSupported(path.Child("resource"), resource, Resources);
        }

        Divisor(resource, reference.Text("divisor"), path.Child("divisor"), errors);
    }

    private static (string Member, string? Subscript) Split(string label)
    {
        const string End = "']";
        var start = label.IndexOf("['", StringComparison.Ordinal);
        return label.EndsWith(End, StringComparison.Ordinal) && start > 0 && start + 2 <= label.Length - End.Length
            ? (label[..start], label[(start + 2)..^End.Length])
            : (label, null);
    }

    private static string? Problem(string version, string label, string member, string? subscript)
    {
        if (version != "v1")
        {
            return $"unsupported pod version: {version}";
        }

        if (subscript is not null)
        {
            return member is "metadata.annotations" or "metadata.labels" ? null : $"field label does not support subscript: {label}";
        }

        return label is "metadata.annotations" or "metadata.labels" or "metadata.name" or "metadata.namespace" or "metadata.uid" or "spec.nodeName"
            or "spec.restartPolicy" or "spec.serviceAccountName" or "spec.schedulerName" or "status.phase" or "status.hostIP" or "status.podIP"
            or "status.podIPs" or "spec.host"
            ? null
            : $"field label not supported: {label}";
    }

    private static bool IsHugePages(string resource) =>
        resource.StartsWith("requests.hugepages-", StringComparison.Ordinal) || resource.StartsWith("limits.hugepages-", StringComparison.Ordinal);

    private static void Divisor(string resource, string divisor, FieldPath path, FieldErrors errors)
    {
        if (Quantities.Read(divisor).IsZero)
        {
            return;
        }

        if (resource is "limits.cpu" or "requests.cpu")
        {
            if (divisor is not ("1m" or "1"))
            {
                errors.Invalid(path, resource, "only divisor's values 1m and 1 are supported with the cpu resource");
            }

            return;
        }

        var what = resource switch
        {
            "limits.memory" or "requests.memory" => "memory",
            "limits.ephemeral-storage" or "requests.ephemeral-storage" => "local ephemeral storage",
            _ => IsHugePages(resource) ? "hugepages" : null,
        };
        if (what is not null && !Sizes.Split(", ").Contains(divisor))
        {
            errors.Invalid(path, resource, $"only divisor's values {Sizes} are supported with the {what} resource");
        }
    }
}
