using K124.Sim.Api;
using K124.Sim.Model;
using K124.Sim.Pods;

namespace K124.Sim.ControlPlane;

public sealed partial class ControlPlane
{
    /// <summary>Makes an object.</summary>
    /// <typeparam name="T">Its kind.</typeparam>
    /// <param name="item">The object.</param>
    /// <returns>The object as stored, or the API server's refusal.</returns>
    public ApiResult<T> Create<T>(T item)
        where T : class, IApiObject => Client.Create(item);

    /// <summary>Replaces an object; a stale version is a conflict.</summary>
    /// <typeparam name="T">Its kind.</typeparam>
    /// <param name="item">The object.</param>
    /// <returns>The object as stored, or the API server's refusal.</returns>
    public ApiResult<T> Update<T>(T item)
        where T : class, IApiObject => Client.Update(item);

    /// <summary>Makes an object, or replaces the one of its name whatever its version: what <c>kubectl replace --force</c> is not.</summary>
    /// <param name="item">The object.</param>
    /// <returns>The object as stored, or the API server's refusal.</returns>
    public ApiResult<IApiObject> Apply(IApiObject item)
    {
        ArgumentNullException.ThrowIfNull(item);
        var kind = ApiKind.Of(item);
        var key = ObjectKey.Of(item);
        var isThere = View.Get(kind, key) is not null;

        // A manifest that was printed by a cluster names the version and the identity that it had there.
        var sent = item.Metadata is { ResourceVersion.Length: 0, Uid.Length: 0 } ? item : item.With(item.ApiVersion, item.Metadata with { ResourceVersion = "", Uid = "" });
        return Client.Write(new() { Verb = isThere ? ApiVerb.Update : ApiVerb.Create, Kind = kind, Key = key, Object = sent });
    }

    /// <summary>Deletes an object.</summary>
    /// <typeparam name="T">Its kind.</typeparam>
    /// <param name="key">Namespace and name.</param>
    /// <param name="options">Options; null for the defaults.</param>
    /// <returns>The object as it last stood, or the API server's refusal.</returns>
    public ApiResult<T> Delete<T>(ObjectKey key, DeleteOptions? options = null)
        where T : class, IApiObject => Client.Delete<T>(key, options);

    /// <summary>The object with the given key.</summary>
    /// <typeparam name="T">Its kind.</typeparam>
    /// <param name="key">Namespace and name.</param>
    /// <returns>The object, or null.</returns>
    public T? Get<T>(ObjectKey key)
        where T : class, IApiObject => View.Get<T>(key);

    /// <summary>All objects of a kind, by namespace and name.</summary>
    /// <typeparam name="T">The kind.</typeparam>
    /// <returns>The objects.</returns>
    public IEnumerable<T> List<T>()
        where T : class, IApiObject => View.List<T>();

    /// <summary>Has something happen at a later time; a refusal is noted in the timeline.</summary>
    /// <param name="time">When.</param>
    /// <param name="action">What.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time lies in the past.</exception>
    public void Plan(DateTimeOffset time, UserAction action)
    {
        ArgumentNullException.ThrowIfNull(action);
        ArgumentOutOfRangeException.ThrowIfLessThan(time, Now);
        _planned.Enqueue(action, (time.UtcTicks, ++_plannedOrder));
    }

    /// <summary>Has something happen now.</summary>
    /// <param name="action">What.</param>
    /// <returns>The API server's refusal; null if there is none.</returns>
    public ApiStatus? Do(UserAction action)
    {
        switch (action)
        {
            case UserAction.Apply apply:
                return Apply(apply.Object).Status;
            case UserAction.Delete delete:
                return Client.Write(new() { Verb = ApiVerb.Delete, Kind = delete.Kind, Key = delete.Key }).Status;
            case UserAction.Scale scale:
                return Scale(scale.Kind, scale.Key, scale.Replicas);
            case UserAction.Cordon cordon:
                return SetUnschedulable(cordon.Node, unschedulable: true);
            case UserAction.Uncordon uncordon:
                return SetUnschedulable(uncordon.Node, unschedulable: false);
            case UserAction.LoseNode lose:
                Find<KubeletStandIn>()?.Lose(lose.Node);
                return null;
            case UserAction.RecoverNode recover:
                Find<KubeletStandIn>()?.Recover(recover.Node);
                return null;
            case UserAction.SetProbe probe:
                Find<KubeletStandIn>()?.SetProbe(probe.Namespace, probe.Labels, probe.Probe, probe.IsFine);
                return null;
            default:
                throw new ArgumentException($"{action} is no action that is known.", nameof(action));
        }
    }

    private ApiStatus? SetUnschedulable(string name, bool unschedulable)
    {
        var key = new ObjectKey("", name);
        return View.Get<Node>(key) is { } node
            ? Client.Update(node with { Spec = node.Spec with { Unschedulable = unschedulable } }).Status
            : StatusErrors.NotFound("", "nodes", name);
    }

    private ApiStatus? Scale(ApiKind kind, ObjectKey key, int replicas) => View.Get(kind, key) switch
    {
        Deployment item => Client.Update(item with { Spec = item.Spec with { Replicas = replicas } }).Status,
        ReplicaSet item => Client.Update(item with { Spec = item.Spec with { Replicas = replicas } }).Status,
        StatefulSet item => Client.Update(item with { Spec = item.Spec with { Replicas = replicas } }).Status,
        ReplicationController item => Client.Update(item with { Spec = item.Spec with { Replicas = replicas } }).Status,
        Job item => Client.Update(item with { Spec = item.Spec with { Parallelism = replicas } }).Status,
        null => StatusErrors.NotFound(_tables.TypeOf(kind).Group, _tables.TypeOf(kind).Plural, key.Name),
        _ => StatusErrors.BadRequest($"{kind.Kind} has no replicas"),
    };

    internal ApiResult<IApiObject> Write(ApiWrite write, string actor, long cause)
    {
        var result = ReferenceEquals(actor, User) ? _server.WriteOfUser(write) : _server.Write(write);
        FollowIndexes();
        if (_options.KeepsTimeline)
        {
            _timeline.Append(new()
            {
                Time = Now,
                Actor = actor,
                Verb = VerbOf(write.Verb),
                Kind = write.Kind.Kind,
                Key = result.Value is { } item ? ObjectKey.Of(item) : write.Key,
                Subresource = write.Subresource,
                Revision = _store.Revision,
                Cause = cause,
                Refusal = result.Status,
            });
        }

        return result;
    }

    internal void Record(ApiEvent report, string actor, long cause)
    {
        if (_options.KeepsTimeline)
        {
            _timeline.Append(new()
            {
                Time = Now,
                Actor = actor,
                Verb = "event",
                Kind = report.Regarding.Kind,
                Key = new(report.Regarding.Namespace, report.Regarding.Name),
                Revision = _store.Revision,
                Cause = cause,
                Event = report,
            });
        }
    }

    private static string VerbOf(ApiVerb verb) => verb switch
    {
        ApiVerb.Create => "create",
        ApiVerb.Update => "update",
        ApiVerb.Patch => "patch",
        ApiVerb.Delete => "delete",
        _ => "deletecollection",
    };

    private void FollowIndexes()
    {
        while (_store.TryReadNext(ref _indexed, out var change))
        {
            if (_tables.KindOf(change.Resource) is { } kind)
            {
                _server.Follow(kind);
                View.Indexes.Follow(kind, change.Old?.TypedContent, change.Kind == StoreChangeKind.Deleted ? null : change.New.TypedContent);
            }
        }
    }
}
