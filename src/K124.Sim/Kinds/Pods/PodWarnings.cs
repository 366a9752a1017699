using System.Text.Json.Nodes;
using K124.Sim.Kinds.Schema;
using K124.Sim.Kinds.Validation;

namespace K124.Sim.Kinds.Pods;

/// <summary>What the server finds questionable in pods and templates.</summary>
/// <remarks>Kubernetes 1.24 pkg/api/pod.</remarks>
internal static class PodWarnings
{
    private static readonly (string Annotation, string Text)[] DeprecatedAnnotations =
    [
        ("scheduler.alpha.kubernetes.io/critical-pod", "non-functional in v1.16+; use the \"priorityClassName\" field instead"),
        ("security.alpha.kubernetes.io/sysctls", "non-functional in v1.11+; use the \"sysctls\" field instead"),
        ("security.alpha.kubernetes.io/unsafe-sysctls", "non-functional in v1.11+; use the \"sysctls\" field instead"),
    ];

    private static readonly (string Member, string Text)[] DeprecatedVolumes =
    [
        ("photonPersistentDisk", "deprecated in v1.11, non-functional in v1.16+"),
        ("gitRepo", "deprecated in v1.11"),
        ("scaleIO", "deprecated in v1.16, non-functional in v1.22+"),
        ("flocker", "deprecated in v1.22, support removal is planned in v1.26"),
        ("storageos", "deprecated in v1.22, support removal is planned in v1.26"),
        ("quobyte", "deprecated in v1.22, support removal is planned in v1.26"),
    ];

    /// <summary>Warns of a pod or template.</summary>
    /// <param name="metadata">Its metadata.</param>
    /// <param name="spec">Its specification.</param>
    /// <param name="path">Path of a template; null for a pod.</param>
    /// <param name="context">Where warnings go.</param>
    public static void Warn(JsonObject? metadata, JsonObject? spec, FieldPath? path, KindContext context)
    {
        var specPath = path?.Child("spec") ?? FieldPath.Of("spec");
        var metadataPath = path?.Child("metadata") ?? FieldPath.Of("metadata");
        NodeLabels(spec, specPath, context);
        Annotations(metadata.Object("annotations"), spec, metadataPath.Child("annotations"), context);
        Volumes(spec, specPath.Child("volumes"), context);
        Duplicates(spec, specPath, context);
        foreach (var list in (ReadOnlySpan<string>)["initContainers", "containers", "ephemeralContainers"])
        {
            var containers = spec.Objects(list);
            for (var i = 0; i < containers.Count; i++)
            {
                Container(containers[i], metadata.Object("annotations"), specPath.Child(list).Index(i), metadataPath, context);
            }
        }

        Fractions(spec.Object("overhead"), specPath.Child("overhead"), context);
    }

    private static void NodeLabels(JsonObject? spec, FieldPath path, KindContext context)
    {
        foreach (var (key, _) in spec.Object("nodeSelector") ?? [])
        {
            NodeLabel(key, path.Child("nodeSelector").Key(key), context);
        }

        if (spec.Object("affinity", "nodeAffinity") is { } affinity)
        {
            NodeAffinity(affinity, path.Child("affinity", "nodeAffinity"), context);
        }

        var constraints = spec.Objects("topologySpreadConstraints");
        for (var i = 0; i < constraints.Count; i++)
        {
            NodeLabel(
                constraints[i].Text("topologyKey"), path.Child("topologySpreadConstraints").Index(i).Child("topologyKey"), context, namesKey: true);
        }
    }

    private static void NodeAffinity(JsonObject affinity, FieldPath path, KindContext context)
    {
        const string Required = "requiredDuringSchedulingIgnoredDuringExecution";
        const string Preferred = "preferredDuringSchedulingIgnoredDuringExecution";
        var terms = affinity.Object(Required).Objects("nodeSelectorTerms");
        for (var i = 0; i < terms.Count; i++)
        {
            Term(terms[i], path.Child(Required, "nodeSelectorTerms").Index(i), context);
        }

        var preferred = affinity.Objects(Preferred);
        for (var i = 0; i < preferred.Count; i++)
        {
            Term(preferred[i].Object("preference"), path.Child(Preferred).Index(i).Child("preference"), context);
        }
    }

    private static void Term(JsonObject? term, FieldPath path, KindContext context)
    {
        var expressions = term.Objects("matchExpressions");
        for (var i = 0; i < expressions.Count; i++)
        {
            NodeLabel(expressions[i].Text("key"), path.Child("matchExpressions").Index(i).Child("key"), context, namesKey: true);
        }
    }

    /// <summary>Warns of a label of nodes that has a newer name.</summary>
    public static void NodeLabel(string key, FieldPath path, KindContext context, bool namesKey = false)
    {
        var text = key switch
        {
            "beta.kubernetes.io/arch" => "deprecated since v1.14; use \"kubernetes.io/arch\" instead",
            "beta.kubernetes.io/os" => "deprecated since v1.14; use \"kubernetes.io/os\" instead",
            "failure-domain.beta.kubernetes.io/region" => "deprecated since v1.17; use \"topology.kubernetes.io/region\" instead",
            "failure-domain.beta.kubernetes.io/zone" => "deprecated since v1.17; use \"topology.kubernetes.io/zone\" instead",
            "beta.kubernetes.io/instance-type" => "deprecated since v1.17; use \"node.kubernetes.io/instance-type\" instead",
            _ => null,
        };
        if (text is not null)
        {
            context.Warn(namesKey ? $"{path}: {key} is {text}" : $"{path}: {text}");
        }
    }

    private static void Annotations(JsonObject? annotations, JsonObject? spec, FieldPath path, KindContext context)
    {
        foreach (var (key, text) in DeprecatedAnnotations)
        {
            if (annotations.Has(key))
            {
                context.Warn($"{path.Key(key)}: {text}");
            }
        }

        if (annotations.Has(SeccompSkew.PodKey) && !spec.Object("securityContext").Has("seccompProfile"))
        {
            context.Warn($"{path.Key(SeccompSkew.PodKey)}: deprecated since v1.19, non-functional in v1.25+; use the \"seccompProfile\" field instead");
        }
    }

    private static void Volumes(JsonObject? spec, FieldPath path, KindContext context)
    {
        var volumes = spec.Objects("volumes");
        for (var i = 0; i < volumes.Count; i++)
        {
            foreach (var (member, text) in DeprecatedVolumes)
            {
                if (volumes[i].Has(member))
                {
                    context.Warn($"{path.Index(i).Child(member == "storageos" ? "storageOS" : member)}: {text}");
                }
            }
        }
    }

    private static void Duplicates(JsonObject? spec, FieldPath path, KindContext context)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var aliases = spec.Objects("hostAliases");
        for (var i = 0; i < aliases.Count; i++)
        {
            var ip = aliases[i].Text("ip");
            if (!seen.Add(ip))
            {
                context.Warn($"{path.Child("hostAliases").Index(i).Child("ip")}: duplicate ip \"{ip}\"");
            }
        }

        seen.Clear();
        var secrets = spec.Objects("imagePullSecrets");
        for (var i = 0; i < secrets.Count; i++)
        {
            var name = secrets[i].Text("name");
            var here = path.Child("imagePullSecrets").Index(i).Child("name");
            if (name.Length == 0)
            {
                context.Warn($"{here}: invalid empty name \"\"");
            }
            else if (!seen.Add(name))
            {
                context.Warn($"{here}: duplicate name \"{name}\"");
            }
        }
    }

    private static void Container(JsonObject container, JsonObject? annotations, FieldPath path, FieldPath metadataPath, KindContext context)
    {
        var resources = container.Object("resources");
        Fractions(resources.Object("limits"), path.Child("resources", "limits"), context);
        Fractions(resources.Object("requests"), path.Child("resources", "requests"), context);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var variables = container.Objects("env");
        for (var i = 0; i < variables.Count; i++)
        {
            var name = variables[i].Text("name");
            if (!seen.Add(name))
            {
                context.Warn($"{path.Child("env").Index(i).Child("name")}: duplicate name \"{name}\"");
            }
        }

        var key = SeccompSkew.ContainerPrefix + container.Text("name");
        if (annotations.Has(key) && !container.Object("securityContext").Has("seccompProfile"))
        {
            context.Warn(
                $"{metadataPath.Child("annotations").Key(key)}: deprecated since v1.19, non-functional in v1.25+; use the \"seccompProfile\" field instead");
        }
    }

    private static void Fractions(JsonObject? amounts, FieldPath path, KindContext context)
    {
        foreach (var name in (ReadOnlySpan<string>)["memory", "ephemeral-storage"])
        {
            if (amounts.TextOrNull(name) is { } text && Quantities.Read(text).MilliValue() % 1000 != 0)
            {
                context.Warn($"{path.Key(name)}: fractional byte value \"{text}\" is invalid, must be an integer");
            }
        }
    }
}
