using System.Collections.Immutable;
using K124.Sim.Api;
using K124.Sim.Model;
using K124.Sim.Pods;

namespace K124.Sim.Collecting;

/// <summary>The controller of namespaces: empties those that are being deleted.</summary>
internal sealed class NamespaceController : IReconciler
{
    private const string Token = "kubernetes";

    private static readonly TimeSpan Delay = TimeSpan.FromSeconds(5);

    public string Name => "namespace-controller";

    public ImmutableArray<ApiKind> Watches => [ApiKind.Of<Namespace>()];

    public IReconciler Fork() => this;

    public void Observe(in ObjectChange change, IObjectReader cache, IWorkQueue queue)
    {
        if (change.Type != ChangeType.Deleted && change.Object.Metadata.DeletionTimestamp is not null)
        {
            queue.AddAfter(ObjectKey.Of(change.Object), Delay);
        }
    }

    public Reconciliation Reconcile(ObjectKey key, IObjectReader cache, IApiClient api, IWorkQueue queue) => Delete(key, api, new Content(api));

    /// <summary>Empties a namespace and lets it go.</summary>
    /// <param name="key">The namespace.</param>
    /// <param name="api">Connection to the API server.</param>
    /// <param name="content">What is in namespaces.</param>
    /// <returns>Whether it is done.</returns>
    internal static Reconciliation Delete(ObjectKey key, IApiClient api, INamespaceContent content)
    {
        if (api.Get<Namespace>(key) is not { Metadata.DeletionTimestamp: not null } space)
        {
            return Reconciliation.Done;
        }

        var (marked, refusal) = Retry(space, api, MarkTerminating);
        if (marked is not { Metadata.DeletionTimestamp: { } deletedAt } || marked.Spec.Finalizers.IsEmpty)
        {
            return new(refusal.IsNotFound() ? null : refusal?.Message);
        }

        var found = new NamespaceDeletion(content, key.Name, api.Now - deletedAt).Run();
        var conditions = NamespaceConditions.Update(marked.Status.Conditions, found, api.Now);
        if (!conditions.AsSpan().SequenceEqual(marked.Status.Conditions.AsSpan()))
        {
            // A refusal is no reason to wait: the next pass says it again.
            marked = marked with { Status = marked.Status with { Conditions = conditions } };
            api.UpdateStatus(marked);
        }

        var errors = found.DiscoveryFailure is { } failure ? found.Errors.Prepend(failure.Error) : found.Errors;
        if (ErrorTexts.Aggregate(errors) is { } error)
        {
            return new(error);
        }

        if (found.Estimate > 0)
        {
            var text = $"some content remains in the namespace, estimate {found.Estimate} seconds before it is removed";
            return new(text, TimeSpan.FromSeconds((found.Estimate / 2) + 1));
        }

        (_, refusal) = Retry(marked, api, LetGo);
        return new(refusal.IsNotFound() ? null : refusal?.Message);
    }

    private static ApiResult<Namespace> MarkTerminating(Namespace space, IApiClient api) =>
        space.Metadata.DeletionTimestamp is null || space.Status.Phase == "Terminating"
            ? ApiResult.Success(space)
            : api.UpdateStatus(space with { Status = space.Status with { Phase = "Terminating" } });

    private static ApiResult<Namespace> LetGo(Namespace space, IApiClient api)
    {
        ImmutableArray<string> kept = [.. space.Spec.Finalizers.Where(static name => name != Token).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        var result = api.Write(new()
        {
            Verb = ApiVerb.Update,
            Kind = ApiKind.Of<Namespace>(),
            Key = ObjectKey.Of(space),
            Subresource = "finalize",
            Object = new Namespace { Metadata = space.Metadata, Spec = space.Spec with { Finalizers = kept } },
        });
        return result.Succeeded ? ApiResult.Success((Namespace)result.Value) : ApiResult.Failure<Namespace>(result.Status);
    }

    private static (Namespace? Space, ApiStatus? Refusal) Retry(
        Namespace space, IApiClient api, Func<Namespace, IApiClient, ApiResult<Namespace>> write)
    {
        while (true)
        {
            var result = write(space, api);
            if (!result.Status.IsConflict())
            {
                return (result.Value, result.Status);
            }

            var key = ObjectKey.Of(space);
            if (api.Get<Namespace>(key) is not { } live)
            {
                return (null, ApiReasons.NotFound("namespaces", key.Name));
            }

            if (live.Metadata.Uid != space.Metadata.Uid)
            {
                return (null, new() { Code = 0, Message = "namespace uid has changed across retries" });
            }

            space = live;
        }
    }

    private sealed class Content(IApiClient api) : INamespaceContent
    {
        // Services are deleted one by one, so that each gives its address back.
        private static readonly ImmutableArray<(NamespacedResource Resource, ApiKind Kind)> Served =
        [
            .. ApiKind.All.Where(static kind => kind.IsNamespaced).Select(static kind => (
                new NamespacedResource(
                    ApiResources.GroupOf(kind.ApiVersions[0]),
                    kind.ApiVersions[0][(kind.ApiVersions[0].IndexOf('/', StringComparison.Ordinal) + 1)..],
                    ApiResources.PluralOf(kind.Kind),
                    kind.Kind != "Service"),
                kind)),
        ];

        private static readonly DeleteOptions Background = new() { PropagationPolicy = "Background" };

        public ImmutableArray<NamespacedResource> Resources { get; } = [.. Served.Select(static entry => entry.Resource)];

        public (int Groups, string Error)? DiscoveryFailure => null;

        public ApiStatus? DeleteAll(NamespacedResource resource, string space) => api.Write(
            new() { Verb = ApiVerb.DeleteCollection, Kind = KindOf(resource), Key = new(space, ""), Options = Background }).Status;

        public ApiStatus? Delete(NamespacedResource resource, string space, string name) => api.Write(
            new() { Verb = ApiVerb.Delete, Kind = KindOf(resource), Key = new(space, name), Options = Background }).Status;

        public ImmutableArray<NamespacedItem> List(NamespacedResource resource, string space) =>
            [.. api.List(KindOf(resource), ObjectIndex.Namespace, space).Select(static item => new NamespacedItem(
                item.Metadata.Name,
                item.Metadata.Finalizers,
                item is Pod pod && !PodPredicates.IsTerminal(pod) ? pod.Spec.TerminationGracePeriodSeconds : null))];

        private static ApiKind KindOf(NamespacedResource resource) => Served.First(entry => entry.Resource == resource).Kind;
    }
}
