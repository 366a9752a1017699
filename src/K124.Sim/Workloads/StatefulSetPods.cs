using System.Collections.Immutable;
using System.Globalization;
using K124.Sim.Model;
using K124.Sim.Pods;

namespace K124.Sim.Workloads;

/// <summary>Names, identity and volumes of a StatefulSet's pods.</summary>
internal static class StatefulSetPods
{
    private const string PodNameLabel = "statefulset.kubernetes.io/pod-name";

    public static string NameOf(StatefulSet set, int ordinal) => string.Create(CultureInfo.InvariantCulture, $"{set.Metadata.Name}-{ordinal}");

    /// <summary>The parent that a pod's name tells of, and its number; a name without number tells of none.</summary>
    public static (string Parent, int Ordinal) Parse(string name)
    {
        var dash = name.LastIndexOf('-');
        if (dash < 0 || dash == name.Length - 1 || name.AsSpan(dash + 1).ContainsAnyExceptInRange('0', '9'))
        {
            return ("", -1);
        }

        return (name[..dash], int.TryParse(name.AsSpan(dash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var ordinal) ? ordinal : -1);
    }

    public static int OrdinalOf(Pod pod) => Parse(pod.Metadata.Name).Ordinal;

    public static bool IsMember(StatefulSet set, Pod pod) => Parse(pod.Metadata.Name).Parent == set.Metadata.Name;

    public static string RevisionOf(Pod pod) => pod.Metadata.Labels.TryGetValue(ControllerRevisions.PodLabel, out var revision) ? revision : "";

    public static bool IsCreated(Pod pod) => pod.Status.Phase.Length > 0;

    public static bool IsTerminating(Pod pod) => pod.Metadata.DeletionTimestamp is not null;

    public static bool IsRunningAndReady(Pod pod) => pod.Status.Phase == "Running" && PodPredicates.IsReady(pod);

    public static bool IsHealthy(Pod pod) => IsRunningAndReady(pod) && !IsTerminating(pod);

    /// <summary>The pod with a number, not yet made.</summary>
    /// <param name="set">The set, with the template of the revision.</param>
    /// <param name="revision">Name of the revision.</param>
    /// <param name="ordinal">The number.</param>
    public static Pod Make(StatefulSet set, string revision, int ordinal)
    {
        var pod = PodControl.PodOf(set.Spec.Template, set);
        var name = NameOf(set, ordinal);
        pod = pod with
        {
            Metadata = pod.Metadata with { Name = name },
            Spec = pod.Spec with { Hostname = name, Subdomain = set.Spec.ServiceName },
        };
        pod = WithStorage(set, WithIdentity(set, pod));
        return pod with { Metadata = pod.Metadata with { Labels = pod.Metadata.Labels.With(ControllerRevisions.PodLabel, revision) } };
    }

    public static bool HasIdentity(StatefulSet set, Pod pod)
    {
        var (parent, ordinal) = Parse(pod.Metadata.Name);
        return ordinal >= 0 && parent == set.Metadata.Name && pod.Metadata.Name == NameOf(set, ordinal)
            && pod.Metadata.Namespace == set.Metadata.Namespace
            && pod.Metadata.Labels.TryGetValue(PodNameLabel, out var label) && label == pod.Metadata.Name;
    }

    public static Pod WithIdentity(StatefulSet set, Pod pod)
    {
        var name = NameOf(set, OrdinalOf(pod));
        return pod with
        {
            Metadata = pod.Metadata with { Name = name, Namespace = set.Metadata.Namespace, Labels = pod.Metadata.Labels.With(PodNameLabel, name) },
        };
    }

    public static bool HasStorage(StatefulSet set, Pod pod)
    {
        var ordinal = OrdinalOf(pod);
        return ordinal >= 0 && set.Spec.VolumeClaimTemplates.All(template => pod.Spec.Volumes.LastOrDefault(
            volume => volume.Name == template.Metadata.Name)?.PersistentVolumeClaim?.ClaimName == ClaimNameOf(set, template, ordinal));
    }

    public static Pod WithStorage(StatefulSet set, Pod pod)
    {
        var ordinal = OrdinalOf(pod);
        var templates = Templates(set);
        var volumes = ImmutableArray.CreateBuilder<Volume>();
        foreach (var template in templates)
        {
            volumes.Add(new()
            {
                Name = template.Metadata.Name,
                PersistentVolumeClaim = new() { ClaimName = ClaimNameOf(set, template, ordinal) },
            });
        }

        volumes.AddRange(pod.Spec.Volumes.Where(volume => templates.All(template => template.Metadata.Name != volume.Name)));
        return pod with { Spec = pod.Spec with { Volumes = volumes.ToImmutable() } };
    }

    /// <summary>The claims of a pod.</summary>
    public static IEnumerable<PersistentVolumeClaim> ClaimsOf(StatefulSet set, Pod pod)
    {
        var ordinal = OrdinalOf(pod);
        foreach (var template in Templates(set))
        {
            yield return template with
            {
                Metadata = template.Metadata with
                {
                    Name = ClaimNameOf(set, template, ordinal),
                    Namespace = set.Metadata.Namespace,
                    Labels = ClaimLabels(set, template),
                },
            };
        }
    }

    /// <summary>The set as it is in Kubernetes' memory once claims were made from it: templates with labels have the selector's, too.</summary>
    /// <remarks>It is what the status is then written with; the server keeps its own spec.</remarks>
    public static StatefulSet WithMarkedTemplates(StatefulSet set) => set with
    {
        Spec = set.Spec with
        {
            VolumeClaimTemplates =
            [
                .. set.Spec.VolumeClaimTemplates.Select(template => template.Metadata.Labels.Count == 0
                    ? template
                    : template with { Metadata = template.Metadata with { Labels = ClaimLabels(set, template) } }),
            ],
        },
    };

    private static StringMap<string> ClaimLabels(StatefulSet set, PersistentVolumeClaim template)
    {
        var labels = template.Metadata.Labels;
        foreach (var (key, value) in set.Spec.Selector?.MatchLabels ?? StringMap<string>.Empty)
        {
            labels = labels.With(key, value);
        }

        return labels;
    }

    private static string ClaimNameOf(StatefulSet set, PersistentVolumeClaim template, int ordinal) =>
        string.Create(CultureInfo.InvariantCulture, $"{template.Metadata.Name}-{set.Metadata.Name}-{ordinal}");

    // Of two templates with one name the later one counts.
    private static ImmutableArray<PersistentVolumeClaim> Templates(StatefulSet set) =>
    [
        .. set.Spec.VolumeClaimTemplates.Where((template, index) => set.Spec.VolumeClaimTemplates.Skip(index + 1)
            .All(later => later.Metadata.Name != template.Metadata.Name)),
    ];
}
