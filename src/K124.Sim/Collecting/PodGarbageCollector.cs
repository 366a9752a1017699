using System.Collections.Immutable;
using K124.Sim.Api;
using K124.Sim.Model;

namespace K124.Sim.Collecting;

/// <summary>Deletes pods that nobody else would: too many ended ones, those of nodes that are gone, and deleted ones that were never scheduled.</summary>
/// <remarks>Kubernetes 1.24 pkg/controller/podgc. It keeps what it needs of the changes that it is told, so a pass costs what it finds.</remarks>
/// <param name="terminatedThreshold">How many ended pods may stay; none or less for any number.</param>
internal sealed class PodGarbageCollector(int terminatedThreshold) : IReconciler
{
    private static readonly ObjectKey Pass = new("", "pass");
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan QuarantineTime = TimeSpan.FromSeconds(40);
    private static readonly DeleteOptions AtOnce = new() { GracePeriodSeconds = 0 };

    private ImmutableSortedSet<(DateTimeOffset Created, string Name, string Namespace)> _ended = [];
    private ImmutableSortedSet<ObjectKey> _leavingUnscheduled = [];
    private ImmutableSortedSet<string> _absentNodes = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);
    private ImmutableSortedDictionary<string, DateTimeOffset> _quarantine = ImmutableSortedDictionary.Create<string, DateTimeOffset>(StringComparer.Ordinal);

    public string Name => "pod-garbage-collector";

    public ImmutableArray<ApiKind> Watches => [ApiKind.Of<Pod>(), ApiKind.Of<Node>()];

    /// <summary>Nodes that are not known, and until when they are waited for.</summary>
    internal ImmutableSortedDictionary<string, DateTimeOffset> Quarantine => _quarantine;

    public IReconciler Fork() => (IReconciler)MemberwiseClone();

    public void Observe(in ObjectChange change, IObjectReader cache, IWorkQueue queue)
    {
        if (change.Object is Pod pod)
        {
            Observe(change.Type == ChangeType.Deleted ? null : pod, change.Type == ChangeType.Added ? null : change.Old as Pod ?? pod, cache);
        }
        else if (change.Type == ChangeType.Deleted && cache.List<Pod>(ObjectIndex.Node, change.Object.Metadata.Name).Any())
        {
            _absentNodes = _absentNodes.Add(change.Object.Metadata.Name);
        }

        if (HasWork)
        {
            queue.AddAfter(Pass, TimeSpan.FromTicks(Period.Ticks - (queue.Now.UtcTicks % Period.Ticks)));
        }
    }

    public Reconciliation Reconcile(ObjectKey key, IObjectReader cache, IApiClient api, IWorkQueue queue)
    {
        if (terminatedThreshold > 0)
        {
            foreach (var (_, name, space) in _ended.Take(Math.Max(0, _ended.Count - terminatedThreshold)).ToArray())
            {
                Delete(new(space, name), api);
            }
        }

        foreach (var node in LostNodes(cache, api))
        {
            foreach (var pod in cache.List<Pod>(ObjectIndex.Node, node).ToArray())
            {
                Delete(ObjectKey.Of(pod), api);
            }
        }

        foreach (var pod in _leavingUnscheduled)
        {
            Delete(pod, api);
        }

        return HasWork ? new(RequeueAfter: Period) : Reconciliation.Done;
    }

    /// <summary>Whether a pass may find something.</summary>
    private bool HasWork => !_leavingUnscheduled.IsEmpty || !_absentNodes.IsEmpty || !_quarantine.IsEmpty || (terminatedThreshold > 0 && _ended.Count > terminatedThreshold);

    /// <summary>Lets a node's quarantine begin at a time.</summary>
    internal void Suspect(string node, DateTimeOffset since)
    {
        if (!_quarantine.ContainsKey(node))
        {
            _quarantine = _quarantine.Add(node, since + QuarantineTime);
        }
    }

    private static void Delete(ObjectKey pod, IApiClient api) => api.Delete<Pod>(pod, AtOnce);

    /// <summary>Nodes that have pods, were waited for, and are known neither to the cache nor to the server.</summary>
    private List<string> LostNodes(IObjectReader cache, IApiClient api)
    {
        string[] waitedFor = [.. _quarantine.Where(entry => entry.Value <= api.Now).Select(static entry => entry.Key)];
        _quarantine = _quarantine.RemoveRange(waitedFor);
        foreach (var node in _absentNodes)
        {
            if (cache.Get<Node>(new("", node)) is null && cache.List<Pod>(ObjectIndex.Node, node).Any())
            {
                Suspect(node, api.Now);
            }
            else
            {
                _absentNodes = _absentNodes.Remove(node);
            }
        }

        return [.. waitedFor.Where(node => cache.Get<Node>(new("", node)) is null && api.Get<Node>(new("", node)) is null)];
    }

    private void Observe(Pod? pod, Pod? old, IObjectReader cache)
    {
        var (entry, oldEntry) = (EndedEntry(pod), EndedEntry(old));
        if (entry != oldEntry)
        {
            _ended = oldEntry is { } gone ? _ended.Remove(gone) : _ended;
            _ended = entry is { } added ? _ended.Add(added) : _ended;
        }

        if (LeavesUnscheduled(pod) != LeavesUnscheduled(old))
        {
            _leavingUnscheduled = LeavesUnscheduled(pod) ? _leavingUnscheduled.Add(ObjectKey.Of(pod!)) : _leavingUnscheduled.Remove(ObjectKey.Of(old!));
        }

        if (pod is { Spec.NodeName: { Length: > 0 } node } && node != old?.Spec.NodeName && cache.Get<Node>(new("", node)) is null)
        {
            _absentNodes = _absentNodes.Add(node);
        }
    }

    private static bool LeavesUnscheduled(Pod? pod) => pod is { Spec.NodeName.Length: 0, Metadata.DeletionTimestamp: not null };

    private static (DateTimeOffset Created, string Name, string Namespace)? EndedEntry(Pod? pod) => pod is not null && HasEnded(pod) ? EntryOf(pod) : null;

    private static bool HasEnded(Pod pod) => pod.Status.Phase is not ("Pending" or "Running" or "Unknown");

    private static (DateTimeOffset Created, string Name, string Namespace) EntryOf(Pod pod) =>
        (pod.Metadata.CreationTimestamp ?? DateTimeOffset.MinValue, pod.Metadata.Name, pod.Metadata.Namespace);
}
