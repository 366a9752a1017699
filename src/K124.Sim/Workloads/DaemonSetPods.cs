using System.Collections.Immutable;
using System.Globalization;
using K124.Sim.Model;

namespace K124.Sim.Workloads;

/// <summary>What pods of a DaemonSet are made of, and where they belong.</summary>
internal static class DaemonSetPods
{
    public const string GenerationAnnotation = "deprecated.daemonset.template.generation";

    private const string GenerationLabel = "pod-template-generation";
    private const string NameField = "metadata.name";
    private const string NoExecute = "NoExecute";
    private const string NoSchedule = "NoSchedule";

    private static readonly ImmutableArray<Toleration> Added =
    [
        Tolerate("node.kubernetes.io/not-ready", NoExecute),
        Tolerate("node.kubernetes.io/unreachable", NoExecute),
        Tolerate("node.kubernetes.io/disk-pressure", NoSchedule),
        Tolerate("node.kubernetes.io/memory-pressure", NoSchedule),
        Tolerate("node.kubernetes.io/pid-pressure", NoSchedule),
        Tolerate("node.kubernetes.io/unschedulable", NoSchedule),
    ];

    private static readonly Toleration AddedForHostNetwork = Tolerate("node.kubernetes.io/network-unavailable", NoSchedule);

    /// <summary>The template with the tolerations that every daemon has.</summary>
    public static PodTemplateSpec WithTolerations(PodTemplateSpec template)
    {
        List<Toleration> tolerations = [.. template.Spec.Tolerations];
        foreach (var added in template.Spec.HostNetwork ? Added.Add(AddedForHostNetwork) : Added)
        {
            var index = tolerations.FindIndex(own => own.Key == added.Key && own.Effect == added.Effect
                && own.Operator == added.Operator && own.Value == added.Value);
            if (index >= 0)
            {
                tolerations[index] = added;
            }
            else
            {
                tolerations.Add(added);
            }
        }

        return template with { Spec = template.Spec with { Tolerations = [.. tolerations] } };
    }

    /// <summary>The template of a revision's pods.</summary>
    public static PodTemplateSpec TemplateOf(DaemonSet set, string hash)
    {
        var template = WithTolerations(set.Spec.Template);
        var labels = template.Metadata.Labels;
        if (GenerationOf(set) is { } generation)
        {
            labels = labels.With(GenerationLabel, generation.ToString(CultureInfo.InvariantCulture));
        }

        if (hash.Length > 0)
        {
            labels = labels.With(ControllerRevisions.PodLabel, hash);
        }

        return template with { Metadata = template.Metadata with { Labels = labels } };
    }

    /// <summary>The template pinned to a node.</summary>
    public static PodTemplateSpec Pinned(PodTemplateSpec template, string node)
    {
        var affinity = template.Spec.Affinity ?? new();
        var selector = new NodeSelector
        {
            NodeSelectorTerms = [new() { MatchFields = [new() { Key = NameField, Operator = "In", Values = [node] }] }],
        };
        return template with
        {
            Spec = template.Spec with
            {
                Affinity = affinity with
                {
                    NodeAffinity = (affinity.NodeAffinity ?? new()) with { RequiredDuringSchedulingIgnoredDuringExecution = selector },
                },
            },
        };
    }

    /// <summary>The node that a pod is on or pinned to; null if neither.</summary>
    public static string? NodeOf(Pod pod)
    {
        if (pod.Spec.NodeName.Length > 0)
        {
            return pod.Spec.NodeName;
        }

        foreach (var term in pod.Spec.Affinity?.NodeAffinity?.RequiredDuringSchedulingIgnoredDuringExecution?.NodeSelectorTerms ?? [])
        {
            foreach (var field in term.MatchFields)
            {
                if (field is { Key: NameField, Operator: "In", Values.Length: 1 })
                {
                    return field.Values[0];
                }
            }
        }

        return null;
    }

    /// <summary>Whether a daemon should run on a node, and whether one that does may stay.</summary>
    public static (bool ShouldRun, bool MayContinue) Fits(DaemonSet set, ImmutableArray<Toleration> tolerations, Node node)
    {
        var spec = set.Spec.Template.Spec;
        if ((spec.NodeName.Length > 0 && spec.NodeName != node.Metadata.Name) || !MatchesNode(spec, node))
        {
            return (false, false);
        }

        bool isKeptOut = false, isThrownOut = false;
        foreach (var taint in node.Spec.Taints)
        {
            if (taint.Effect is NoExecute or NoSchedule && !tolerations.Any(toleration => toleration.Tolerates(taint)))
            {
                isKeptOut = true;
                isThrownOut |= taint.Effect == NoExecute;
            }
        }

        return isKeptOut ? (false, !isThrownOut) : (true, true);
    }

    public static bool IsUpdated(Pod pod, string hash, long? generation) =>
        (hash.Length > 0 && pod.Metadata.Labels.TryGetValue(ControllerRevisions.PodLabel, out var own) && own == hash)
        || (generation is { } number && pod.Metadata.Labels.TryGetValue(GenerationLabel, out var text)
            && text == number.ToString(CultureInfo.InvariantCulture));

    public static long? GenerationOf(DaemonSet set) =>
        set.Metadata.Annotations.TryGetValue(GenerationAnnotation, out var text)
        && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var generation) ? generation : null;

    /// <summary>Scheduled ones first, then older ones, then by name.</summary>
    public static int OlderFirst(Pod a, Pod b)
    {
        var order = (b.Spec.NodeName.Length > 0).CompareTo(a.Spec.NodeName.Length > 0);
        order = order != 0 ? order : Nullable.Compare(a.Metadata.CreationTimestamp, b.Metadata.CreationTimestamp);
        return order != 0 ? order : string.CompareOrdinal(a.Metadata.Name, b.Metadata.Name);
    }

    private static bool MatchesNode(PodSpec spec, Node node)
    {
        foreach (var (key, value) in spec.NodeSelector.Entries)
        {
            if (!node.Metadata.Labels.TryGetValue(key, out var own) || own != value)
            {
                return false;
            }
        }

        return spec.Affinity?.NodeAffinity?.RequiredDuringSchedulingIgnoredDuringExecution?.Matches(node) ?? true;
    }

    private static Toleration Tolerate(string key, string effect) => new() { Key = key, Operator = "Exists", Effect = effect };
}
