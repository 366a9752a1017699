using System.Collections.Immutable;
using K124.Sim.Kinds;
using K124.Sim.Model;
using K124.Sim.Pods;

namespace K124.Sim.Planning.Internal;

/// <summary>A cluster as it would be before the question is asked: what the API server and the controllers fill in, filled in.</summary>
internal sealed class SettledCluster
{
    private const int NamesTold = 5;

    private SettledCluster(Cluster cluster, ImmutableArray<string> notices)
    {
        Cluster = cluster;
        Notices = notices;
    }

    /// <summary>The cluster.</summary>
    public Cluster Cluster { get; }

    /// <summary>What was filled in that the reader of an answer should know, one sentence each.</summary>
    public ImmutableArray<string> Notices { get; }

    /// <summary>Fills in what is missing.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="planned">Pods that are to be placed.</param>
    public static SettledCluster Of(Cluster cluster, IReadOnlyCollection<Pod> planned)
    {
        var notices = ImmutableArray.CreateBuilder<string>();
        cluster = WithNamespaces(cluster, planned, notices);
        cluster = WithPriorities(cluster);
        cluster = BudgetStatuses.Fill(cluster, notices);
        cluster = BoundClaims.Bind(cluster, notices);
        return new(cluster, notices.ToImmutable());
    }

    /// <summary>No object exists without its namespace, whether or not the Namespace was read.</summary>
    private static Cluster WithNamespaces(Cluster cluster, IReadOnlyCollection<Pod> planned, ImmutableArray<string>.Builder notices)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal) { "" };
        var missing = new SortedSet<string>(StringComparer.Ordinal);
        var usesSelector = false;
        foreach (var item in cluster.Objects.Concat(planned))
        {
            if (seen.Add(item.Metadata.Namespace) && cluster.Namespaces.Find(item.Metadata.Namespace) is null)
            {
                missing.Add(item.Metadata.Namespace);
            }

            usesSelector |= (item is Pod pod ? pod.Spec : ObjectDefaults.TemplateOf(item)?.Spec) is { Affinity: { } affinity } && HasNamespaceSelector(affinity);
        }

        IApiObject[] present = [.. cluster.Namespaces.Where(static space => !ReferenceEquals(ObjectDefaults.Apply(space), space)).Select(ObjectDefaults.Apply)];
        cluster = cluster.WithAll(present).Add(missing.Select(static name => ObjectDefaults.Apply(new Namespace { Metadata = new() { Name = name } })));
        if (usesSelector && missing.Count > 0)
        {
            var are = missing.Count == 1 ? "namespace that was" : "namespaces that were";
            notices.Add($"{missing.Count} {are} not read, of which only the label kubernetes.io/metadata.name is known to namespace selectors: {Names(missing)}.");
        }

        return cluster;
    }

    public static string Names(IReadOnlyCollection<string> names) =>
        string.Join(", ", names.Take(NamesTold)) + (names.Count > NamesTold ? $" and {names.Count - NamesTold} more" : "");

    private static bool HasNamespaceSelector(Affinity affinity) =>
        Terms(affinity).Any(static term => term.NamespaceSelector is { } selector && (!selector.MatchLabels.Equals(StringMap<string>.Empty) || !selector.MatchExpressions.IsEmpty));

    private static IEnumerable<PodAffinityTerm> Terms(Affinity affinity)
    {
        IEnumerable<PodAffinityTerm> together = affinity.PodAffinity is { } near
            ? [.. near.RequiredDuringSchedulingIgnoredDuringExecution, .. near.PreferredDuringSchedulingIgnoredDuringExecution.Select(static term => term.PodAffinityTerm)]
            : [];
        IEnumerable<PodAffinityTerm> apart = affinity.PodAntiAffinity is { } far
            ? [.. far.RequiredDuringSchedulingIgnoredDuringExecution, .. far.PreferredDuringSchedulingIgnoredDuringExecution.Select(static term => term.PodAffinityTerm)]
            : [];
        return together.Concat(apart);
    }

    /// <summary>Pods that were written by hand name a class; what they are worth was worked out when they were made.</summary>
    private static Cluster WithPriorities(Cluster cluster)
    {
        var hasDefault = cluster.PriorityClasses.Any(static item => item.GlobalDefault);
        List<IApiObject> changed = [];
        foreach (var pod in cluster.Pods)
        {
            if (pod.Spec.Priority is null && (hasDefault || pod.Spec.PriorityClassName.Length > 0)
                && PriorityAdmission.Create(pod, cluster.PriorityClasses).Object is { } admitted)
            {
                changed.Add(admitted);
            }
        }

        return changed.Count == 0 ? cluster : cluster.WithAll(changed);
    }
}
