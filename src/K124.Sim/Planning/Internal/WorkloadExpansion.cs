using System.Collections.Immutable;
using System.Text;
using K124.Sim.Model;

namespace K124.Sim.Planning.Internal;

/// <summary>The pods that workloads would make, and the cluster with the workloads in it.</summary>
internal sealed class WorkloadExpansion
{
    private const string DefaultNamespace = "default";
    private const string TemplateHashLabel = "pod-template-hash";

    // The letters and digits of Kubernetes' generated names: none that could spell a word.
    private const string HashAlphabet = "bcdfghjklmnpqrstvwxz2456789";

    private readonly ImmutableArray<PlannedPod>.Builder _pods = ImmutableArray.CreateBuilder<PlannedPod>();
    private readonly List<IApiObject> _claims = [];
    private readonly PodAdmission _admission;
    private readonly PodNames _names;

    /// <summary>Most pods that workloads may ask for: what is made for them is held in memory.</summary>
    private const long MostPods = 2_000_000;

    private WorkloadExpansion(Cluster cluster)
    {
        Cluster = cluster;
        _admission = new(cluster);
        _names = new(cluster);
        Claims = new(cluster);
    }

    /// <summary>The cluster with all that is not a Pod among the workloads, with the ReplicaSets of Deployments, and with the claims of all pods.</summary>
    public Cluster Cluster { get; private set; }

    /// <summary>The pods, in the order of the workloads.</summary>
    public ImmutableArray<PlannedPod> Pods => _pods.ToImmutable();

    /// <summary>The claims that are made for pods.</summary>
    public PlannedClaims Claims { get; }

    /// <summary>Expands workloads.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="workloads">The workloads.</param>
    /// <param name="pending">Pods of the cluster that are to be placed too.</param>
    /// <exception cref="ArgumentException">The workloads ask for more pods than a plan can hold.</exception>
    public static WorkloadExpansion Expand(Cluster cluster, IEnumerable<IApiObject> workloads, IEnumerable<Pod> pending)
    {
        IApiObject[] objects = [.. workloads.Select(WithNamespace).Select(WithDefaultSelector)];
        if (objects.Sum(PodsOf) is > MostPods and var pods)
        {
            throw new ArgumentException(FormattableString.Invariant($"The workloads ask for {pods} pods; a plan holds at most {MostPods}."), nameof(workloads));
        }

        var expansion = new WorkloadExpansion(cluster.Add(objects.Where(static item => item is not Pod)));
        foreach (var item in objects)
        {
            expansion.TakeFixedNames(item);
        }

        foreach (var item in objects)
        {
            expansion.Add(item);
        }

        expansion._claims.AddRange(pending.SelectMany(expansion.Claims.Of));
        expansion.Cluster = expansion.Cluster.Add(expansion._claims);
        return expansion;
    }

    private static IApiObject WithNamespace(IApiObject item) =>
        item.Metadata.Namespace.Length == 0 && ApiKind.All[ApiKind.IndexOf(item.GetType())].IsNamespaced
            ? ApiObjects.With(item, item.ApiVersion, item.Metadata with { Namespace = DefaultNamespace })
            : item;

    private static IApiObject WithDefaultSelector(IApiObject item) => item is ReplicationController { Spec.Selector.Count: 0 } controller
        ? controller with { Spec = controller.Spec with { Selector = controller.Spec.Template?.Metadata.Labels ?? StringMap<string>.Empty } }
        : item;

    private static string SourceOf(IApiObject item) => $"{item.Kind} {ObjectKey.Of(item)}";

    private static OwnerReference ControllerOf(IApiObject owner) =>
        new() { ApiVersion = owner.ApiVersion, Kind = owner.Kind, Name = owner.Metadata.Name, Uid = owner.Metadata.Uid, Controller = true };

    public static Pod PodOf(PodTemplateSpec template, IApiObject owner, string name) => new()
    {
        Metadata = new()
        {
            Name = name,
            Namespace = owner.Metadata.Namespace,
            Labels = template.Metadata.Labels,
            Annotations = template.Metadata.Annotations,
            OwnerReferences = [ControllerOf(owner)],
        },
        Spec = template.Spec,
    };

    private static string HashOf(PodTemplateSpec template)
    {
        var hash = 2166136261u;
        foreach (var unit in Encoding.UTF8.GetBytes(KubernetesJson.Serialize(new Pod { Metadata = template.Metadata, Spec = template.Spec })))
        {
            hash = (hash ^ unit) * 16777619u;
        }

        var text = new StringBuilder();
        for (; hash > 0; hash /= (uint)HashAlphabet.Length)
        {
            text.Append(HashAlphabet[(int)(hash % (uint)HashAlphabet.Length)]);
        }

        return text.ToString();
    }

    private void Add(IApiObject item)
    {
        switch (item)
        {
            case Pod pod:
                Add(pod with { Status = new() }, SourceOf(pod));
                break;
            case Deployment { Spec.Paused: false } deployment:
                AddDeployment(deployment);
                break;
            case ReplicaSet set:
                AddReplicas(set.Spec.Template, set, set.Spec.Replicas ?? 1, SourceOf(set));
                break;
            case ReplicationController controller:
                AddReplicas(controller.Spec.Template ?? new(), controller, controller.Spec.Replicas ?? 1, SourceOf(controller));
                break;
            case StatefulSet set:
                AddStatefulSet(set);
                break;
            case DaemonSet set:
                AddDaemonSet(set);
                break;
            case Job job:
                AddJob(job.Spec, job, SourceOf(job));
                break;
            case CronJob cronJob when cronJob.Spec.Suspend != true:
                AddJob(cronJob.Spec.JobTemplate.Spec, cronJob, SourceOf(cronJob));
                break;
        }
    }

    private void Add(Pod pod, string source)
    {
        var admitted = _admission.Admit(pod, source);
        _pods.Add(new(admitted, source));
        _claims.AddRange(Claims.Of(admitted));
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

    private void AddReplicas(PodTemplateSpec template, IApiObject owner, int replicas, string source)
    {
        for (var i = 0; i < replicas; i++)
        {
            Add(PodOf(template, owner, _names.Next(owner.Metadata.Namespace, owner.Metadata.Name)), source);
        }
    }

    /// <summary>A Deployment's pods belong to a ReplicaSet, by which 1.24 spreads them.</summary>
    private void AddDeployment(Deployment deployment)
    {
        var hash = HashOf(deployment.Spec.Template);
        var template = deployment.Spec.Template with
        {
            Metadata = deployment.Spec.Template.Metadata with { Labels = deployment.Spec.Template.Metadata.Labels.With(TemplateHashLabel, hash) },
        };
        var selector = deployment.Spec.Selector ?? new();
        var set = new ReplicaSet
        {
            Metadata = new()
            {
                Name = $"{deployment.Metadata.Name}-{hash}",
                Namespace = deployment.Metadata.Namespace,
                Labels = template.Metadata.Labels,
                OwnerReferences = [ControllerOf(deployment)],
            },
            Spec = new()
            {
                Replicas = deployment.Spec.Replicas,
                Selector = selector with { MatchLabels = selector.MatchLabels.With(TemplateHashLabel, hash) },
                Template = template,
            },
        };
        Cluster = Cluster.Add(set);
        AddReplicas(template, set, deployment.Spec.Replicas ?? 1, SourceOf(deployment));
    }

    private void AddStatefulSet(StatefulSet set)
    {
        foreach (var ordinal in Ordinals(set))
        {
            var name = $"{set.Metadata.Name}-{ordinal}";
            var pod = PodOf(set.Spec.Template, set, name);
            if (Cluster.Pods.Find(ObjectKey.Of(pod)) is null)
            {
                _claims.AddRange(Claims.Of(set, name));
                Add(
                    pod with
                    {
                        Metadata = pod.Metadata with { Labels = pod.Metadata.Labels.With("statefulset.kubernetes.io/pod-name", name) },
                        Spec = PlannedClaims.WithClaims(set, pod.Spec, name),
                    },
                    SourceOf(set));
            }
        }
    }

    private void AddDaemonSet(DaemonSet set)
    {
        foreach (var node in Cluster.Nodes)
        {
            if (DaemonPods.For(PodOf(set.Spec.Template, set, set.Metadata.Name), node) is { } pod)
            {
                Add(pod with { Metadata = pod.Metadata with { Name = _names.Next(set.Metadata.Namespace, set.Metadata.Name) } }, SourceOf(set));
            }
        }
    }

    private void AddJob(JobSpec spec, IApiObject owner, string source)
    {
        if (spec.Suspend == true)
        {
            return;
        }

        var parallelism = spec.Parallelism ?? 1;
        var pods = Math.Min(parallelism, spec.Completions ?? parallelism);
        for (var index = 0; index < pods; index++)
        {
            var pod = PodOf(spec.Template, owner, "");
            var isIndexed = spec.CompletionMode == "Indexed";
            var prefix = isIndexed ? $"{owner.Metadata.Name}-{index}" : owner.Metadata.Name;
            Add(
                pod with
                {
                    Metadata = pod.Metadata with
                    {
                        Name = _names.Next(owner.Metadata.Namespace, prefix),
                        Labels = pod.Metadata.Labels.With("job-name", owner.Metadata.Name),
                        Annotations = isIndexed ? pod.Metadata.Annotations.With("batch.kubernetes.io/job-completion-index", $"{index}") : pod.Metadata.Annotations,
                    },
                },
                source);
        }
    }
}
