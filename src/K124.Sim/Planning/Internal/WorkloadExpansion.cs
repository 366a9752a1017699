using System.Collections.Immutable;
using K124.Sim.Model;
using K124.Sim.Workloads;

namespace K124.Sim.Planning.Internal;

/// <summary>The pods that workloads would make, beside those that are there, and the cluster with the workloads in it.</summary>
internal sealed class WorkloadExpansion
{
    private const string DefaultNamespace = "default";

    private readonly ImmutableArray<PlannedPod>.Builder _pods = ImmutableArray.CreateBuilder<PlannedPod>();
    private readonly ImmutableArray<PodsNotCreated>.Builder _notCreated = ImmutableArray.CreateBuilder<PodsNotCreated>();
    private readonly ImmutableArray<string>.Builder _notices = ImmutableArray.CreateBuilder<string>();
    private readonly List<IApiObject> _claims = [];
    private readonly PodAdmission _admission;
    private readonly PodNames _names;
    private readonly Owners _owners;
    private readonly CancellationToken _cancellationToken;

    /// <summary>Most pods that workloads may ask for: what is made for them is held in memory.</summary>
    private const long MostPods = 2_000_000;

    private WorkloadExpansion(SettledCluster settled, IEnumerable<Pod> pods, CancellationToken cancellationToken)
    {
        _cancellationToken = cancellationToken;
        Cluster = settled.Cluster;
        _notices.AddRange(settled.Notices);
        _admission = new(Cluster);
        _names = new(Cluster);
        _owners = new(Cluster, pods);
        Claims = new(Cluster);
    }

    /// <summary>The cluster with all that is not a Pod among the workloads, with the ReplicaSets of Deployments, and with the claims of all pods.</summary>
    public Cluster Cluster { get; private set; }

    /// <summary>The pods, in the order of the workloads.</summary>
    public ImmutableArray<PlannedPod> Pods => _pods.ToImmutable();

    /// <summary>Pods that are refused or held back.</summary>
    public ImmutableArray<PodsNotCreated> NotCreated => _notCreated.ToImmutable();

    /// <summary>What was taken for granted, one sentence each.</summary>
    public ImmutableArray<string> Notices => _notices.ToImmutable();

    /// <summary>The claims that are made for pods.</summary>
    public PlannedClaims Claims { get; }

    /// <summary>The pods that DaemonSets of the cluster have yet to make.</summary>
    public DaemonGaps Daemons { get; private set; } = DaemonGaps.None;

    /// <summary>Expands workloads.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="workloads">The workloads.</param>
    /// <param name="pending">Pods of the cluster that are to be placed too.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="ArgumentException">The workloads ask for more pods than a plan can hold.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static WorkloadExpansion Expand(Cluster cluster, IEnumerable<IApiObject> workloads, IReadOnlyCollection<Pod> pending, CancellationToken cancellationToken)
    {
        IApiObject[] objects = [.. workloads.Select(WithNamespace).Select(WithDefaultSelector).Where(item => IsWanted(item, cluster))];
        if (objects.Sum(PodsOf) is > MostPods and var asked)
        {
            throw new ArgumentException(FormattableString.Invariant($"The workloads ask for {asked} pods; a plan holds at most {MostPods}."), nameof(workloads));
        }

        var refused = new List<PodsNotCreated>();
        objects = [.. Admitted(cluster, objects, refused)];
        Pod[] pods = [.. objects.OfType<Pod>()];
        var settings = cluster.WithAll(objects.Where(static item => item is not (Pod or PersistentVolumeClaim)));
        var refusals = new List<string>();
        IApiObject[] claims = [.. AdmittedClaims(settings, objects, refusals)];
        var expansion = new WorkloadExpansion(SettledCluster.Of(settings.WithAll(claims), pods), pods, cancellationToken);
        expansion._notices.AddRange(refusals);
        expansion._notCreated.AddRange(refused);
        foreach (var item in objects)
        {
            expansion.TakeFixedNames(item);
        }

        foreach (var item in objects)
        {
            expansion.Add(item);
        }

        expansion._notices.AddRange(Shortfalls.Of(cluster, objects, expansion._owners));
        expansion.Daemons = DaemonGaps.Of(expansion.Cluster, objects.OfType<DaemonSet>(), expansion._owners, expansion._admission, expansion._names, takesPending: false);
        expansion._claims.AddRange(pending.SelectMany(expansion.Claims.Of));
        expansion.Cluster = expansion.Cluster.Add(expansion._claims);
        return expansion;
    }

    /// <summary>Pods that have come to their end take no room; a controller's pod that the cluster has is there already.</summary>
    private static bool IsWanted(IApiObject item, Cluster cluster) => item is not Pod pod
        || (Owners.IsActive(pod) && (ControllerReference.ControllerOf(pod) is null || cluster.Pods.Find(ObjectKey.Of(pod)) is null));

    private static IApiObject WithNamespace(IApiObject item) =>
        item.Metadata.Namespace.Length == 0 && ApiKind.All[ApiKind.IndexOf(item.GetType())].IsNamespaced
            ? ApiObjects.With(item, item.ApiVersion, item.Metadata with { Namespace = DefaultNamespace })
            : item;

    private static IApiObject WithDefaultSelector(IApiObject item) => item is ReplicationController { Spec.Selector.Count: 0 } controller
        ? controller with { Spec = controller.Spec with { Selector = controller.Spec.Template?.Metadata.Labels ?? StringMap<string>.Empty } }
        : item;

    private static string SourceOf(IApiObject item) => $"{item.Kind} {ObjectKey.Of(item)}";

    /// <summary>The objects without the new workloads that their namespaces refuse, as a quota on the number of Deployments does.</summary>
    private static IEnumerable<IApiObject> Admitted(Cluster cluster, IApiObject[] objects, List<PodsNotCreated> refused)
    {
        var namespaces = new NamespaceAdmission(cluster.WithAll(objects.Where(static item => item is not (Pod or PersistentVolumeClaim) && !IsWorkload(item))));
        foreach (var item in objects)
        {
            if (IsWorkload(item) && cluster.Find(ApiKind.Of(item), ObjectKey.Of(item)) is null && namespaces.Refusal(item) is { } refusal)
            {
                refused.Add(new(SourceOf(item), (int)PodsOf(item), refusal));
            }
            else
            {
                yield return item;
            }
        }
    }

    private static bool IsWorkload(IApiObject item) => item is Deployment or ReplicaSet or ReplicationController or StatefulSet or DaemonSet or Job or CronJob;

    private static IEnumerable<PersistentVolumeClaim> AdmittedClaims(Cluster cluster, IEnumerable<IApiObject> objects, List<string> refusals)
    {
        var classes = new PlannedClaims(cluster);
        var namespaces = new NamespaceAdmission(cluster);
        foreach (var claim in objects.OfType<PersistentVolumeClaim>())
        {
            if (cluster.PersistentVolumeClaims.Find(ObjectKey.Of(claim)) is not null)
            {
                yield return claim;
            }
            else if (namespaces.Refusal(claim) is { } refusal)
            {
                refusals.Add($"{SourceOf(claim)} is not created: {refusal}");
            }
            else
            {
                yield return classes.WithDefaultClass(claim);
            }
        }
    }

    private void Add(IApiObject item)
    {
        switch (item)
        {
            case Pod pod:
                if (Add(pod with { Status = new() }, SourceOf(pod)) is { } refusal)
                {
                    Withhold(SourceOf(pod), 1, refusal);
                }

                break;
            case Deployment deployment:
                AddDeployment(deployment);
                break;
            case ReplicaSet set when _owners.ControllerOf(set) is null:
                AddReplicas(set.Spec.Template, set, Missing(set, set.Spec.Replicas, set.Spec.Selector), SourceOf(set));
                break;
            case ReplicationController controller:
                AddReplicas(
                    controller.Spec.Template ?? new(),
                    controller,
                    Missing(controller, controller.Spec.Replicas, new() { MatchLabels = controller.Spec.Selector }),
                    SourceOf(controller));
                break;
            case StatefulSet set:
                AddStatefulSet(set);
                break;
            case DaemonSet set:
                AddDaemonSet(set);
                break;
            case Job job:
                AddJob(job.Spec, job, JobProgress.Of(job, _owners.PodsOf(job)));
                break;
            case CronJob cronJob when cronJob.Spec.Suspend != true && !Cluster.Jobs.Any(job => ReferenceEquals(_owners.ControllerOf(job), cronJob) && !JobProgress.IsFinished(job)):
                AddJob(cronJob.Spec.JobTemplate.Spec, cronJob, JobProgress.None);
                break;
        }
    }

    private void Withhold(string source, int pods, string reason) => _notCreated.Add(new(source, pods, reason));

    /// <summary>The words of the event that a controller leaves.</summary>
    private static string FailedCreate(string refusal) => $"Error creating: {refusal}";

    /// <summary>Adds a pod if the API server lets it be made.</summary>
    /// <returns>Why it does not; null if it does.</returns>
    private string? Add(Pod pod, string source, ObjectKey? line = null)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        var admitted = _admission.Admit(pod, source);
        if (_admission.Refusal(admitted) is { } refusal)
        {
            return refusal;
        }

        _pods.Add(new(admitted, source, line));
        _claims.AddRange(Claims.Of(admitted));
        return null;
    }

    /// <summary>Takes the names that pods must have, before others are made up.</summary>
    private void TakeFixedNames(IApiObject item)
    {
        switch (item)
        {
            case Pod pod when !_names.TryTake(ObjectKey.Of(pod)):
                throw new ArgumentException($"There is already a Pod '{ObjectKey.Of(pod)}'.");
            case StatefulSet set:
                foreach (var ordinal in Ordinals(set))
                {
                    _names.TryTake(new(set.Metadata.Namespace, $"{set.Metadata.Name}-{ordinal}"));
                }

                break;
        }
    }

    /// <summary>How many pods a workload asks for, DaemonSets aside.</summary>
    private static long PodsOf(IApiObject item) => item switch
    {
        Deployment deployment => deployment.Spec.Replicas ?? 1,
        ReplicaSet set => set.Spec.Replicas ?? 1,
        ReplicationController controller => controller.Spec.Replicas ?? 1,
        StatefulSet set => set.Spec.Replicas ?? 1,
        Job job => Math.Min(job.Spec.Parallelism ?? 1, job.Spec.Completions ?? int.MaxValue),
        _ => 1,
    };

    private static IEnumerable<int> Ordinals(StatefulSet set) => Enumerable.Range(0, set.Spec.Replicas ?? 1);

    /// <summary>How many pods a controller has yet to make; pods that nobody controls become its own if it selects them.</summary>
    private int Missing(IApiObject owner, int? replicas, LabelSelector? selector) =>
        (replicas ?? 1) - _owners.PodsOf(owner).Concat(_owners.OrphansOf(owner.Metadata.Namespace, selector)).Count(Owners.IsActive);

    private void AddReplicas(PodTemplateSpec template, IApiObject owner, int replicas, string source)
    {
        for (var i = 0; i < replicas; i++)
        {
            if (Add(TemplatePods.Of(template, owner, _names.Next(owner.Metadata.Namespace, owner.Metadata.Name)), source) is { } refusal)
            {
                // The others are the same: they are refused as well.
                Withhold(source, replicas - i, FailedCreate(refusal));
                return;
            }
        }
    }

    /// <summary>A Deployment's pods belong to a ReplicaSet, by which 1.24 spreads them.</summary>
    private void AddDeployment(Deployment deployment)
    {
        Pod[] present = [.. _owners.PodsOf(deployment).Where(Owners.IsActive)];
        if (deployment.Spec.Paused && present.Length == 0)
        {
            return;
        }

        var set = TemplatePods.SetOf(deployment, _owners);
        Pod[] old = deployment.Spec.Paused ? [] : [.. present.Where(pod => !Owners.IsTo(ControllerReference.ControllerOf(pod)!, set))];
        var replicas = deployment.Spec.Replicas ?? 1;
        var kept = old.Length == 0 ? 0 : KeptOfOld(deployment, replicas, present.Length, old);
        var surge = old.Length == 0 || IsRecreate(deployment) ? 0 : Fenceposts(deployment, replicas).Surge;
        var current = present.Length - old.Length;
        Cluster = Cluster.With(set);
        AddReplicas(set.Spec.Template, set, Math.Min(replicas - current, replicas + surge - kept - current), SourceOf(deployment));
    }

    private static bool IsRecreate(Deployment deployment) => deployment.Spec.Strategy.Type == "Recreate";

    private static (int Surge, int Unavailable) Fenceposts(Deployment deployment, int replicas)
    {
        var quarter = new IntOrString("25%");
        var parameters = deployment.Spec.Strategy.RollingUpdate;
        var (surge, unavailable, _) = RollingUpdate.Fenceposts(parameters?.MaxSurge ?? quarter, parameters?.MaxUnavailable ?? quarter, replicas);
        return (surge, unavailable);
    }

    /// <summary>Takes away the pods of the old template that go before the first of the new one is ready.</summary>
    /// <returns>How many stay.</returns>
    private int KeptOfOld(Deployment deployment, int replicas, int present, Pod[] old)
    {
        var going = IsRecreate(deployment)
            ? old.Length
            : Math.Clamp(present - (replicas - Fenceposts(deployment, replicas).Unavailable), 0, old.Length);
        foreach (var pod in old.Where(pod => Cluster.Pods.Find(ObjectKey.Of(pod)) is not null).Take(going))
        {
            Cluster = Cluster.Remove<Pod>(ObjectKey.Of(pod));
        }

        _notices.Add($"{SourceOf(deployment)} has another template than its pods, and a rollout begins: {going} of {old.Length} old pods go at first, the others as new ones become ready.");
        return old.Length - going;
    }

    private void AddStatefulSet(StatefulSet set)
    {
        var source = SourceOf(set);
        var isOrdered = set.Spec.PodManagementPolicy != "Parallel";
        var present = _owners.PodsOf(set).Select(static pod => pod.Metadata.Name).ToHashSet(StringComparer.Ordinal);
        var missing = Ordinals(set).Count(IsMissing);
        foreach (var ordinal in Ordinals(set))
        {
            var name = $"{set.Metadata.Name}-{ordinal}";
            var pod = TemplatePods.Of(set.Spec.Template, set, name);
            var there = Cluster.Pods.Find(ObjectKey.Of(pod));
            if (there is not null && isOrdered && missing > 0 && Owners.IsActive(there) && there.Spec.NodeName.Length > 0 && !BudgetStatuses.IsHealthy(there))
            {
                Withhold(source, missing, WaitsFor(there));
                return;
            }

            if (!IsMissing(ordinal))
            {
                continue;
            }

            var member = pod with
            {
                Metadata = pod.Metadata with { Labels = pod.Metadata.Labels.With("statefulset.kubernetes.io/pod-name", name) },
                Spec = PlannedClaims.WithClaims(set, pod.Spec, name),
            };
            if ((AddClaims(set, name) ?? Add(member, source, isOrdered ? ObjectKey.Of(set) : null)) is { } refusal)
            {
                Withhold(source, missing, $"create Pod {name} in StatefulSet {set.Metadata.Name} failed error: {refusal}");
                return;
            }

            missing--;
        }

        bool IsMissing(int ordinal)
        {
            var name = $"{set.Metadata.Name}-{ordinal}";
            return !present.Contains(name) && Cluster.Pods.Find(new ObjectKey(set.Metadata.Namespace, name)) is null;
        }
    }

    public static string WaitsFor(Pod pod) => $"waits until {pod.Metadata.Name} is running and ready";

    private string? AddClaims(StatefulSet set, string podName)
    {
        IApiObject[] made = [.. Claims.Of(set, podName)];
        _claims.AddRange(made);
        return made.OfType<PersistentVolumeClaim>()
            .Select(claim => _admission.Namespaces.Refusal(claim) is { } refusal ? $"failed to create PVC {claim.Metadata.Name}: {refusal}" : null)
            .FirstOrDefault(static refusal => refusal is not null);
    }

    private void AddDaemonSet(DaemonSet set)
    {
        var covered = _owners.PodsOf(set).Where(Owners.IsActive).Select(DaemonPods.NodeOf).ToHashSet(StringComparer.Ordinal);
        foreach (var node in Cluster.Nodes)
        {
            if (!covered.Contains(node.Metadata.Name)
                && DaemonPods.For(TemplatePods.Of(set.Spec.Template, set, set.Metadata.Name), node) is { } pod
                && Add(pod with { Metadata = pod.Metadata with { Name = _names.Next(set.Metadata.Namespace, set.Metadata.Name) } }, SourceOf(set)) is { } refusal)
            {
                Withhold(SourceOf(set), 1, FailedCreate(refusal));
            }
        }
    }

    private void AddJob(JobSpec spec, IApiObject owner, JobProgress progress)
    {
        if (spec.Suspend == true || progress.IsOver)
        {
            return;
        }

        var source = SourceOf(owner);
        var isIndexed = spec.CompletionMode == "Indexed";
        var pods = progress.Missing(spec);
        for (var made = 0; made < pods; made++)
        {
            var index = isIndexed ? progress.NextIndex() : 0;
            var prefix = isIndexed ? $"{owner.Metadata.Name}-{index}" : owner.Metadata.Name;
            var pod = TemplatePods.OfJob(spec, owner, _names.Next(owner.Metadata.Namespace, prefix));
            var indexed = isIndexed
                ? pod with { Metadata = pod.Metadata with { Annotations = pod.Metadata.Annotations.With(JobProgress.IndexAnnotation, $"{index}") } }
                : pod;
            if (Add(indexed, source) is { } refusal)
            {
                Withhold(source, pods - made, FailedCreate(refusal));
                return;
            }
        }
    }
}
