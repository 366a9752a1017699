using System.Collections.Immutable;
using K124.Sim.Api;
using K124.Sim.Batch.CronJobs;
using K124.Sim.Batch.Jobs;
using K124.Sim.Batch.Ttl;
using K124.Sim.Collecting;
using K124.Sim.Collections;
using K124.Sim.ControlPlane.Run;
using K124.Sim.ControlPlane.Serving;
using K124.Sim.Kinds;
using K124.Sim.Kinds.Admission;
using K124.Sim.Model;
using K124.Sim.Model.Json;
using K124.Sim.Networking;
using K124.Sim.Networking.LoadBalancers;
using K124.Sim.Nodes;
using K124.Sim.Nodes.Certificates;
using K124.Sim.Pods;
using K124.Sim.Policy;
using K124.Sim.Scheduling.Loop;
using K124.Sim.Storage.Volumes;
using K124.Sim.Workloads;

namespace K124.Sim.ControlPlane;

/// <summary>A living cluster: one store, one API, one clock, and the components of the 1.24 control plane over it.</summary>
/// <remarks>
/// Nothing happens by itself: <see cref="Step"/>, <see cref="AdvanceTo"/> and <see cref="RunUntilQuiet"/> let components work. Each is told of
/// every change before it works next. At one instant machinery comes first, then the scheduler, then controllers. Deterministic: the same cluster,
/// options and calls give the same history, on any machine. Not thread-safe; a fork is independent.
/// </remarks>
public sealed partial class ControlPlane
{
    private const int MaxEndpointsPerSlice = 100;
    private const int TerminatedPodThreshold = 12500;

    private const string User = "user";

    // Names that components draw are others than those that requests draw from the same seed.
    private const ulong ComponentNames = 0x6b31323463747231;

    private readonly ControlPlaneOptions _options;
    private readonly ObjectStore _store;
    private readonly KindTables _tables;
    private readonly SeededNames _names;
    private readonly SeededRandom _draws;
    private readonly TypedServer _server;
    private readonly ActorClient _user;
    private readonly ImmutableArray<ComponentSlot> _slots;
    private readonly Ownership _timelineOwnership = new();
    private readonly ForkableLog<TimelineEntry> _timeline;
    private readonly PriorityQueue<UserAction, (long Ticks, long Order)> _planned;
    private readonly ImmutableArray<ComponentSlot[]> _watchers;
    private StoreCursor _indexed;
    private StoreCursor _delivered;
    private long _plannedOrder;
    private long _ticks;

    /// <summary>Starts with a cluster as it is: its objects are not judged again, its components find out what is to be done.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="options">Options; null for the defaults.</param>
    public ControlPlane(Cluster cluster, ControlPlaneOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        _options = options ?? new();
        _ticks = _options.Start.UtcTicks;
        _names = new(_options.Profile.Seed ^ ComponentNames);
        _draws = SeededRandom.Stream(_options.Profile.Seed, "order");
        _store = new() { UtcNow = _options.Start };
        _tables = new(_store);
        View = new(_store, _tables, new());
        var services = new ServiceAddresses(ServiceRange.Of(_options.ServiceRange, cluster), _options.Profile.Seed);
        _server = new(_store, _tables, _names, AdmissionOf(_options), _options.Profile.FeatureGates, services);
        _user = new(this, User);
        _timeline = new(_timelineOwnership);
        _planned = new();
        _indexed = _store.Now;
        _delivered = _store.Now;
        _slots = [.. Components(_options).Where(entry => !_options.Off.Contains(entry.Component.Name)).Select(entry => Slot(entry.Component, entry.Class))];
        _watchers = WatchersOf(_slots);
        TellTime();
        Load(cluster);
        MakeNamespaces(cluster);
    }

    private ControlPlane(ControlPlane other)
    {
        _options = other._options;
        _ticks = other._ticks;
        _names = other._names.Fork();
        _draws = other._draws.Copy();
        _store = other._store.Fork();
        _tables = other._tables;
        View = new(_store, _tables, other.View.Indexes.Fork());
        _server = other._server.Fork(_store, _names);
        _user = new(this, User) { Cause = other._user.Cause };
        other._timelineOwnership.Renounce();
        _timeline = other._timeline.Fork(_timelineOwnership);
        _planned = new(other._planned.UnorderedItems);
        _plannedOrder = other._plannedOrder;
        _indexed = other._indexed;
        _delivered = other._delivered;
        _slots = [.. other._slots.Select(slot => Slot(slot.Component.Fork(), slot.Class, slot.Client.Cause))];
        _watchers = WatchersOf(_slots);
    }

    /// <summary>The present.</summary>
    public DateTimeOffset Now => new(_ticks, TimeSpan.Zero);

    /// <summary>Revision of the last write.</summary>
    public long Revision => _store.Revision;

    /// <summary>The components that run, in the order in which they work.</summary>
    public IEnumerable<IComponent> ComponentsInOrder => _slots.Select(static slot => slot.Component);

    /// <summary>What has been written and reported, in order.</summary>
    public IEnumerable<TimelineEntry> Timeline
    {
        get
        {
            for (var i = _timeline.First; i < _timeline.End; i++)
            {
                yield return _timeline[i];
            }
        }
    }

    /// <summary>The API as a user sees it: reads are live, writes go through admission and validation.</summary>
    public IApiClient Client => _user;

    internal TypedView View { get; }

    internal ObjectStore Store => _store;

    /// <summary>An independent copy. What neither side changes is shared.</summary>
    /// <returns>The copy.</returns>
    public ControlPlane Fork() => new(this);

    /// <summary>The cluster as it is now. Costs in proportion to its objects.</summary>
    /// <returns>The cluster.</returns>
    public Cluster ToCluster() => Cluster.Of(ApiKind.All.SelectMany(View.List));

    /// <summary>A component of a type, for example the scheduler's loop.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <returns>The component; null if it does not run.</returns>
    public T? Find<T>()
        where T : class, IComponent => _slots.Select(static slot => slot.Component).OfType<T>().FirstOrDefault();

    private static IEnumerable<(IComponent Component, WorkClass Class)> Components(ControlPlaneOptions options)
    {
        yield return (new KubeletStandIn(options.Kubelet), WorkClass.Machinery);
        yield return (new Controller(new ProvisionerStandIn()), WorkClass.Machinery);

        // Before the controllers: what it does to many pods at one instant they then see at once.
        yield return (new SchedulerLoop(options.Start, options.Scheduler with { Release = options.Profile.Release, FeatureGates = options.Profile.FeatureGates }), WorkClass.Scheduler);
        foreach (var component in options.Components)
        {
            yield return (component, WorkClass.Controller);
        }

        foreach (var reconciler in Reconcilers(options))
        {
            yield return (new Controller(reconciler), WorkClass.Controller);
        }

        yield return (new CertificateCleaningController(options.Start), WorkClass.Controller);
    }

    private static IEnumerable<IReconciler> Reconcilers(ControlPlaneOptions options) =>
    [
        new DeploymentController(),
        new ReplicaSetController(options.Profile.FeatureGates),
        new ReplicationControllerManager(options.Profile.FeatureGates),
        new StatefulSetController(options.Profile.FeatureGates),
        new DaemonSetController(),
        new CronJobController(options.Profile.FeatureGates, FindTimeZone, TimeZoneInfo.Utc),
        new DisruptionController(),
        new ResourceQuotaController(),
        new EndpointsController(),
        new EndpointSliceController(options.Profile.FeatureGates, MaxEndpointsPerSlice),
        new GarbageCollector(),
        new NamespaceController(),
        new NodeLifecycleController(new() { LeasesRenewByRule = true }),
        new TaintManager(),
        new PodGarbageCollector(TerminatedPodThreshold),
        new ServiceAccountsController(),
        new RootCAPublisher(options.RootCertificate),
        new JobReconciler(options.Profile),
        new TtlReconciler(),
        new VolumeReconciler(new() { Profile = options.Profile }),
        new EphemeralVolumeReconciler(),
        new ClaimProtectionController(),
        new VolumeProtectionController(),
        .. options.Usage is { } usage ? (IReconciler[])[new HorizontalAutoscaler(usage)] : [],
        new CertificateApprovalController(options.Certificates),
        new CertificateSigningController(options.Certificates, new(options.Profile.Seed, options.Start, options.Certificates.AuthorityLife)),
        .. options.LoadBalancers is { } cloud ? new IReconciler[] { new LoadBalancerController(cloud) } : [],
    ];

    private static AdmissionChain AdmissionOf(ControlPlaneOptions options)
    {
        const string Accounts = "ServiceAccount";
        var plugins = options.Admission ?? AdmissionChain.Default;
        var chain = options.AssumesServiceAccounts ? plugins.With(new AssumedServiceAccounts(), Accounts).Without(Accounts) : plugins;
        return chain.Without(options.DisabledAdmissionPlugins.AsSpan());
    }

    private static TimeZoneInfo? FindTimeZone(string name) => TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : null;

    private ComponentSlot Slot(IComponent component, WorkClass workClass, long cause = 0)
    {
        var client = new ActorClient(this, component.Name) { Cause = cause };
        return new(component, workClass, client, _options.Connect(component, client));
    }

    /// <summary>For each kind, who is told of its changes.</summary>
    private static ImmutableArray<ComponentSlot[]> WatchersOf(ImmutableArray<ComponentSlot> slots) =>
        [.. ApiKind.All.Select(kind => slots.Where(slot => slot.Watches(kind)).ToArray())];

    /// <summary>A namespace that an object of the cluster lives in exists, even if the cluster came without it.</summary>
    private void MakeNamespaces(Cluster cluster)
    {
        var kind = ApiKind.Of<Namespace>();
        foreach (var name in cluster.LackingNamespaces())
        {
            _server.Write(new() { Verb = ApiVerb.Create, Kind = kind, Key = new("", name), Object = new Namespace { Metadata = new() { Name = name } } });
        }
    }

    /// <summary>Puts the objects into the store as a server would hold them: with the defaults of their kind and with an identity.</summary>
    private void Load(Cluster cluster)
    {
        var defaults = new ObjectDefaults(ModelJsonOptions.Shared);
        foreach (var item in cluster.Objects.Select(defaults.Apply))
        {
            var metadata = item.Metadata;
            if (metadata is not { Uid.Length: > 0, CreationTimestamp: not null })
            {
                metadata = metadata with { Uid = metadata.Uid.Length > 0 ? metadata.Uid : _names.NewUid(), CreationTimestamp = metadata.CreationTimestamp ?? _options.Start };
            }

            _store.Create(_tables.Of(ApiKind.Of(item)), ReferenceEquals(metadata, item.Metadata) ? item : item.With(item.ApiVersion, metadata));
        }
    }
}
