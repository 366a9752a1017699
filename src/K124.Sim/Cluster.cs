using System.Collections.Immutable;
using K124.Sim.Model;

namespace K124.Sim;

/// <summary>An immutable snapshot of a cluster: the API objects that 1.24 decisions read.</summary>
/// <remarks>Adding, replacing and removing give a new snapshot that shares all else with the old one. The order in which
/// nodes were added is the order in which the scheduler first saw them, and counts in its decisions.</remarks>
public sealed class Cluster
{
    private readonly ImmutableArray<ObjectSet> _sets;

    private Cluster(ImmutableArray<ObjectSet> sets) => _sets = sets;

    /// <summary>The cluster without objects.</summary>
    public static Cluster Empty { get; } = new([.. ApiKind.All.Select(kind => kind.CreateSet())]);

    /// <summary>The Node objects, in the order in which they were added.</summary>
    public ObjectSet<Node> Nodes => Set<Node>();

    /// <summary>The Namespace objects, in the order in which they were added.</summary>
    public ObjectSet<Namespace> Namespaces => Set<Namespace>();

    /// <summary>The Pod objects, in the order in which they were added.</summary>
    public ObjectSet<Pod> Pods => Set<Pod>();

    /// <summary>The Service objects, in the order in which they were added.</summary>
    public ObjectSet<Service> Services => Set<Service>();

    /// <summary>The ReplicationController objects, in the order in which they were added.</summary>
    public ObjectSet<ReplicationController> ReplicationControllers => Set<ReplicationController>();

    /// <summary>The ReplicaSet objects, in the order in which they were added.</summary>
    public ObjectSet<ReplicaSet> ReplicaSets => Set<ReplicaSet>();

    /// <summary>The Deployment objects, in the order in which they were added.</summary>
    public ObjectSet<Deployment> Deployments => Set<Deployment>();

    /// <summary>The StatefulSet objects, in the order in which they were added.</summary>
    public ObjectSet<StatefulSet> StatefulSets => Set<StatefulSet>();

    /// <summary>The DaemonSet objects, in the order in which they were added.</summary>
    public ObjectSet<DaemonSet> DaemonSets => Set<DaemonSet>();

    /// <summary>The Job objects, in the order in which they were added.</summary>
    public ObjectSet<Job> Jobs => Set<Job>();

    /// <summary>The CronJob objects, in the order in which they were added.</summary>
    public ObjectSet<CronJob> CronJobs => Set<CronJob>();

    /// <summary>The PriorityClass objects, in the order in which they were added.</summary>
    public ObjectSet<PriorityClass> PriorityClasses => Set<PriorityClass>();

    /// <summary>The PodDisruptionBudget objects, in the order in which they were added.</summary>
    public ObjectSet<PodDisruptionBudget> PodDisruptionBudgets => Set<PodDisruptionBudget>();

    /// <summary>The RuntimeClass objects, in the order in which they were added.</summary>
    public ObjectSet<RuntimeClass> RuntimeClasses => Set<RuntimeClass>();

    /// <summary>The PersistentVolume objects, in the order in which they were added.</summary>
    public ObjectSet<PersistentVolume> PersistentVolumes => Set<PersistentVolume>();

    /// <summary>The PersistentVolumeClaim objects, in the order in which they were added.</summary>
    public ObjectSet<PersistentVolumeClaim> PersistentVolumeClaims => Set<PersistentVolumeClaim>();

    /// <summary>The StorageClass objects, in the order in which they were added.</summary>
    public ObjectSet<StorageClass> StorageClasses => Set<StorageClass>();

    /// <summary>The CSIDriver objects, in the order in which they were added.</summary>
    public ObjectSet<CSIDriver> CSIDrivers => Set<CSIDriver>();

    /// <summary>The CSINode objects, in the order in which they were added.</summary>
    public ObjectSet<CSINode> CSINodes => Set<CSINode>();

    /// <summary>The CSIStorageCapacity objects, in the order in which they were added.</summary>
    public ObjectSet<CSIStorageCapacity> CSIStorageCapacities => Set<CSIStorageCapacity>();

    /// <summary>Number of objects of all kinds.</summary>
    public int Count => _sets.Sum(set => set.Count);

    /// <summary>Every object: kind by kind, in the order in which they were added.</summary>
    public IEnumerable<IApiObject> Objects => _sets.SelectMany(set => set.Objects);

    /// <summary>Makes a cluster of the given objects.</summary>
    /// <param name="objects">Objects of any modelled kind.</param>
    /// <returns>The cluster.</returns>
    /// <exception cref="ArgumentException">Two objects of a kind have the same namespace and name, an object has no name,
    /// or its kind is not modelled.</exception>
    public static Cluster Of(params IEnumerable<IApiObject> objects) => Empty.Add(objects);

    /// <summary>The objects of one kind, in the order in which they were added.</summary>
    /// <typeparam name="T">The kind.</typeparam>
    /// <returns>The objects.</returns>
    /// <exception cref="ArgumentException">The kind is not modelled.</exception>
    public ObjectSet<T> Set<T>()
        where T : class, IApiObject => (ObjectSet<T>)_sets[ApiKind.IndexOf<T>()];

    /// <summary>A cluster that also holds the given objects.</summary>
    /// <param name="objects">Objects of any modelled kind.</param>
    /// <returns>The new cluster.</returns>
    /// <exception cref="ArgumentException">An object of that kind, namespace and name is there already, an object has no
    /// name, or its kind is not modelled.</exception>
    public Cluster Add(params IEnumerable<IApiObject> objects)
    {
        ArgumentNullException.ThrowIfNull(objects);
        var sets = _sets.ToBuilder();
        foreach (var group in objects.GroupBy(item => ApiKind.IndexOf(item.GetType())))
        {
            sets[group.Key] = sets[group.Key].AddObjects(group);
        }

        return new(sets.MoveToImmutable());
    }

    /// <summary>The object of a kind with the given key, or null.</summary>
    internal IApiObject? Find(ApiKind kind, ObjectKey key) => _sets[ApiKind.IndexOf(kind.Type)].FindObject(key);

    /// <summary>The objects of a kind, in the order in which they were added.</summary>
    internal IEnumerable<IApiObject> ObjectsOf(ApiKind kind) => _sets[ApiKind.IndexOf(kind.Type)].Objects;

    /// <summary>What has to be applied and deleted to get from another cluster to this one.</summary>
    internal (IEnumerable<IApiObject> Changed, IEnumerable<(ApiKind Kind, ObjectKey Key)> Gone) ChangesSince(Cluster other)
    {
        var changed = new List<IApiObject>();
        var gone = new List<(ApiKind, ObjectKey)>();
        for (var i = 0; i < _sets.Length; i++)
        {
            if (ReferenceEquals(_sets[i], other._sets[i]))
            {
                continue;
            }

            var (now, then) = (_sets[i], other._sets[i]);
            changed.AddRange(now.Objects.Where(item => then.FindObject(ObjectKey.Of(item)) is not { } before || !(ReferenceEquals(before, item) || before.Equals(item))));
            gone.AddRange(then.Objects.Where(item => !now.Has(ObjectKey.Of(item))).Select(item => (ApiKind.All[i], ObjectKey.Of(item))));
        }

        return (changed, gone);
    }

    /// <summary>The objects of a namespace, kind by kind.</summary>
    internal IEnumerable<IApiObject> ObjectsIn(string space) => Objects.Where(item => item.Metadata.Namespace == space);

    /// <summary>Names of namespaces that objects live in and that are not there, in order.</summary>
    internal IEnumerable<string> LackingNamespaces() => Objects.Select(static item => item.Metadata.Namespace)
        .Where(name => name.Length > 0 && Find(ApiKind.Of<Namespace>(), new("", name)) is null)
        .Distinct(StringComparer.Ordinal)
        .Order(StringComparer.Ordinal);

    /// <summary>A cluster that holds the objects, each in the place of the one of its kind, namespace and name if there is one.</summary>
    internal Cluster WithAll(IEnumerable<IApiObject> objects)
    {
        var lookup = objects.ToLookup(item => _sets[ApiKind.IndexOf(item.GetType())].Has(ObjectKey.Of(item)));
        return lookup[true].Aggregate(Add(lookup[false]), static (cluster, item) => cluster.Replace(item));
    }

    /// <summary>A cluster that holds the object, in the place of the one of its kind, namespace and name if there is one.</summary>
    internal Cluster With(IApiObject item)
    {
        var index = ApiKind.IndexOf(item.GetType());
        return _sets[index].Has(ObjectKey.Of(item)) ? Replace(item) : Add(item);
    }

    /// <summary>A cluster without the object, if it is there.</summary>
    internal Cluster Without(ApiKind kind, ObjectKey key)
    {
        var index = ApiKind.IndexOf(kind.Type);
        return _sets[index].Has(key) ? new(_sets.SetItem(index, _sets[index].RemoveObject(key))) : this;
    }

    /// <summary>A cluster in which the object of that kind, namespace and name is replaced in its place.</summary>
    /// <param name="item">The new object.</param>
    /// <returns>The new cluster.</returns>
    /// <exception cref="KeyNotFoundException">There is no such object.</exception>
    /// <exception cref="ArgumentException">The object's kind is not modelled.</exception>
    public Cluster Replace(IApiObject item)
    {
        ArgumentNullException.ThrowIfNull(item);
        var index = ApiKind.IndexOf(item.GetType());
        return new(_sets.SetItem(index, _sets[index].ReplaceObject(item)));
    }

    /// <summary>A cluster without the object of that kind, namespace and name.</summary>
    /// <typeparam name="T">The kind.</typeparam>
    /// <param name="key">Namespace and name.</param>
    /// <returns>The new cluster.</returns>
    /// <exception cref="KeyNotFoundException">There is no such object.</exception>
    public Cluster Remove<T>(ObjectKey key)
        where T : class, IApiObject => new(_sets.SetItem(ApiKind.IndexOf<T>(), Set<T>().Remove(key)));
}
