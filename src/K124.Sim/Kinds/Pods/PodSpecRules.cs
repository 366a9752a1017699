using System.Text.Json.Nodes;
using K124.Sim.Kinds.Validation;
using K124.Sim.Text;

namespace K124.Sim.Kinds.Pods;

/// <summary>Rules of the specification of a pod, in the order in which the server checks them.</summary>
/// <remarks>Kubernetes 1.24 pkg/apis/core/validation.</remarks>
internal static class PodSpecRules
{
    /// <summary>Checks a specification.</summary>
    /// <param name="spec">The specification.</param>
    /// <param name="podName">Name of the pod; empty for a template.</param>
    /// <param name="allowsPrivileged">Whether the server allows privileged containers.</param>
    /// <param name="path">Path of the specification.</param>
    /// <param name="errors">The errors.</param>
    public static void Validate(JsonObject spec, string podName, bool allowsPrivileged, FieldPath path, FieldErrors errors)
    {
        var volumes = VolumeRules.Volumes(spec.Objects("volumes"), podName, path.Child("volumes"), errors);
        var scope = new PodScope(volumes, allowsPrivileged);
        ContainerRules.Containers(spec.List("containers"), scope, path.Child("containers"), errors);
        ContainerRules.InitContainers(spec, scope, path.Child("initContainers"), errors);
        ContainerRules.EphemeralContainers(spec, scope, path.Child("ephemeralContainers"), errors);
        RestartPolicy(spec.Text("restartPolicy"), path.Child("restartPolicy"), errors);
        NetworkRules.Policy(spec.Text("dnsPolicy"), path.Child("dnsPolicy"), errors);
        LabelRules.Labels(spec.Object("nodeSelector"), path.Child("nodeSelector"), errors);
        SecurityRules.Pod(spec, path, errors);
        AffinityRules.Affinity(spec.Object("affinity"), path.Child("affinity"), errors);
        NetworkRules.Config(spec.Object("dnsConfig"), spec.Text("dnsPolicy"), path.Child("dnsConfig"), errors);
        ReadinessGates(spec.Objects("readinessGates"), path.Child("readinessGates"), errors);
        SpreadConstraints(spec.Objects("topologySpreadConstraints"), path.Child("topologySpreadConstraints"), errors);
        OperatingSystemRules.HostProcess(spec, allowsPrivileged, path, errors);
        Names(spec, path, errors);
        TolerationRules.Tolerations(spec.Objects("tolerations"), path.Child("tolerations"), errors);
        NetworkRules.HostAliases(spec.Objects("hostAliases"), path.Child("hostAliases"), errors);
        Classes(spec, path, errors);
        if (spec.Object("overhead") is { } overhead)
        {
            ResourceRules.Requirements(new JsonObject { ["limits"] = overhead.DeepClone() }, path.Child("overhead"), errors);
        }

        OperatingSystemRules.Os(spec, path, errors);
    }

    private static void RestartPolicy(string policy, FieldPath path, FieldErrors errors)
    {
        switch (policy)
        {
            case "Always" or "OnFailure" or "Never":
                break;
            case "":
                errors.Required(path);
                break;
            default:
                errors.NotSupported(path, policy, "Always", "OnFailure", "Never");
                break;
        }
    }

    private static void ReadinessGates(JsonObjects gates, FieldPath path, FieldErrors errors)
    {
        for (var i = 0; i < gates.Count; i++)
        {
            var type = gates[i].Text("conditionType");
            errors.InvalidAll(path.Index(i).Child("conditionType"), type, NameRules.QualifiedName(type));
        }
    }

    private static void SpreadConstraints(JsonObjects constraints, FieldPath path, FieldErrors errors)
    {
        for (var i = 0; i < constraints.Count; i++)
        {
            var constraint = constraints[i];
            var here = path.Index(i);
            if (constraint.Number("maxSkew") <= 0)
            {
                errors.Invalid(here.Child("maxSkew"), constraint.Number("maxSkew"), "must be greater than zero");
            }

            var key = constraint.Text("topologyKey");
            if (key.Length == 0)
            {
                errors.Required(here.Child("topologyKey"), "can not be empty");
            }

            var action = constraint.Text("whenUnsatisfiable");
            if (action is not ("DoNotSchedule" or "ScheduleAnyway"))
            {
                errors.NotSupported(here.Child("whenUnsatisfiable"), action, "DoNotSchedule", "ScheduleAnyway");
            }

            for (var j = i + 1; j < constraints.Count; j++)
            {
                if (constraints[j].Text("topologyKey") == key && constraints[j].Text("whenUnsatisfiable") == action)
                {
                    errors.Duplicate(here.Child("{topologyKey, whenUnsatisfiable}"), $"{{{key}, {action}}}");
                    break;
                }
            }
        }
    }

    private static void Names(JsonObject spec, FieldPath path, FieldErrors errors)
    {
        foreach (var member in (ReadOnlySpan<string>)["serviceAccountName", "nodeName"])
        {
            if (spec.Text(member) is { Length: > 0 } name)
            {
                errors.InvalidAll(path.Child(member), name, NameRules.Subdomain(name));
            }
        }

        if (spec.NumberOrNull("activeDeadlineSeconds") is { } deadline)
        {
            errors.InRange(path.Child("activeDeadlineSeconds"), deadline, 1, int.MaxValue);
        }

        foreach (var member in (ReadOnlySpan<string>)["hostname", "subdomain"])
        {
            if (spec.Text(member) is { Length: > 0 } label)
            {
                errors.InvalidAll(path.Child(member), label, NameRules.DnsLabel(label));
            }
        }
    }

    private static void Classes(JsonObject spec, FieldPath path, FieldErrors errors)
    {
        if (spec.Text("priorityClassName") is { Length: > 0 } priority)
        {
            errors.InvalidAll(path.Child("priorityClassName"), priority, NameRules.Subdomain(priority));
        }

        if (spec.TextOrNull("runtimeClassName") is { } runtime)
        {
            errors.InvalidAll(path.Child("runtimeClassName"), runtime, NameRules.Subdomain(runtime));
        }

        switch (spec.TextOrNull("preemptionPolicy"))
        {
            case null or "PreemptLowerPriority" or "Never":
                break;
            case "":
                errors.Required(path.Child("preemptionPolicy"));
                break;
            case var other:
                errors.NotSupported(path.Child("preemptionPolicy"), other, "PreemptLowerPriority", "Never");
                break;
        }
    }
}
