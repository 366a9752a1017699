using System.Collections.Immutable;
using K124.Sim.Api;
using K124.Sim.Model;

namespace K124.Sim.Collecting;

/// <summary>The garbage collector: objects go when their owners are gone.</summary>
/// <remarks>Keys stand for objects: the namespace tells what is to be done, the name which object it is done to.</remarks>
internal sealed class GarbageCollector : IReconciler
{
    private const string CheckKey = "check";
    private const string OrphanKey = "orphan";
    private const char Separator = '\n';

    private readonly DependencyGraph _graph;

    private GarbageCollector(DependencyGraph graph) => _graph = graph;

    public GarbageCollector()
        : this(new())
    {
    }

    public string Name => "garbage-collector-controller";

    public ImmutableArray<ApiKind> Watches => [.. ApiKind.All.Where(static kind => kind.Kind != "Event")];

    public IReconciler Fork() => new GarbageCollector(_graph.Fork());

    public void Observe(in ObjectChange change, IObjectReader cache, IWorkQueue queue)
    {
        if (change is { Type: ChangeType.Modified, Old: { } before } && IsNoNews(change.Object.Metadata, before.Metadata))
        {
            return;
        }

        var item = MetadataObject.Of(change.Object);
        var files = new Files(queue);
        if (change.Type == ChangeType.Deleted)
        {
            _graph.NoteGone(item.Identity, wasLookedUp: false, files);
        }
        else
        {
            _graph.Note(item, change.Old is { } old ? MetadataObject.Of(old) : null, files);
        }
    }

    public Reconciliation Reconcile(ObjectKey key, IObjectReader cache, IApiClient api, IWorkQueue queue)
    {
        var files = new Files(queue);
        var worker = new CollectionWorker(_graph, new Client(api), files);
        var item = Read(key.Name);
        var mustRetry = key.Namespace == OrphanKey ? worker.Orphan(item) : worker.Check(item);
        Report(api);
        if (mustRetry)
        {
            queue.AddRateLimited(key);
        }
        else
        {
            queue.Forget(key);
        }

        return Reconciliation.Done;
    }

    /// <summary>Whether a change concerns nothing that the graph is made of.</summary>
    private static bool IsNoNews(ObjectMeta item, ObjectMeta old) =>
        item.OwnerReferences == old.OwnerReferences && item.Finalizers == old.Finalizers && item.DeletionTimestamp == old.DeletionTimestamp && item.Uid == old.Uid;

    private static string Write(CollectionItem item) => item.Presumed is { } presumed
        ? string.Join(Separator, item.Uid, presumed.ApiVersion, presumed.Kind, presumed.Namespace, presumed.Name)
        : item.Uid;

    private static CollectionItem Read(string text)
    {
        var parts = text.Split(Separator);
        return parts is [var uid, var apiVersion, var kind, var space, var name]
            ? new(uid, new(apiVersion, kind, space, name, uid))
            : new(text, null);
    }

    private void Report(IApiClient api)
    {
        while (_graph.Reports.TryDequeue(out var report))
        {
            var (dependent, message) = report;
            var reference = new ObjectReference
            {
                ApiVersion = dependent.ApiVersion,
                Kind = dependent.Kind,
                Namespace = dependent.Namespace,
                Name = dependent.Name,
                Uid = dependent.Uid,
            };
            api.Record(new(reference, "Warning", "OwnerRefInvalidNamespace", message, Name));
        }
    }

    private sealed class Files(IWorkQueue queue) : ICollectionQueue
    {
        public void Check(CollectionItem item) => queue.Add(new(CheckKey, Write(item)));

        public void CheckLater(CollectionItem item) => queue.AddRateLimited(new(CheckKey, Write(item)));

        public void Orphan(CollectionItem item) => queue.Add(new(OrphanKey, Write(item)));
    }

    private sealed class Client(IApiClient api) : IMetadataClient
    {
        public bool? IsNamespaced(string apiVersion, string kind) => ApiKind.Find(apiVersion, kind)?.IsNamespaced;

        public MetadataObject? Get(string apiVersion, string kind, string space, string name) =>
            ApiKind.Find(apiVersion, kind) is { } found && api.Get(found, new(space, name)) is { } item ? MetadataObject.Of(item) : null;

        public ApiStatus? Patch(ObjectIdentity item, PatchType type, string patch) =>
            Send(item, new() { Verb = ApiVerb.Patch, Kind = KindOf(item), Key = KeyOf(item), PatchType = type, Patch = patch });

        public ApiStatus? Delete(ObjectIdentity item, DeleteOptions options) =>
            Send(item, new() { Verb = ApiVerb.Delete, Kind = KindOf(item), Key = KeyOf(item), Options = options });

        private static ApiKind KindOf(ObjectIdentity item) => ApiKind.Find(item.ApiVersion, item.Kind)!;

        private static ObjectKey KeyOf(ObjectIdentity item) => new(KindOf(item).IsNamespaced ? item.Namespace : "", item.Name);

        private ApiStatus? Send(ObjectIdentity item, ApiWrite write) =>
            ApiKind.Find(item.ApiVersion, item.Kind) is null ? null : api.Write(write).Status;
    }
}
