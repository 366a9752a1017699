using System.Collections.Immutable;
using System.Globalization;
using K124.Sim.Api;
using K124.Sim.Model;
using K124.Sim.Model.Selectors;

namespace K124.Sim.Workloads;

/// <summary>One sync of one DaemonSet.</summary>
internal sealed class DaemonSetSync
{
    private const int Burst = 250;
    private const int StatusTries = 2;

    private readonly DaemonSet _set;
    private readonly ObjectKey _key;
    private readonly CompiledSelector _selector;
    private readonly IObjectReader _cache;
    private readonly IApiClient _api;
    private readonly IWorkQueue _queue;
    private readonly Expectations _expectations;
    private readonly DaemonSetBackoff _backoff;
    private readonly string _source;
    private readonly List<(string Name, (bool ShouldRun, bool MayContinue) Fit)> _nodes = [];

    public DaemonSetSync(
        DaemonSet set, CompiledSelector selector, IObjectReader cache, IApiClient api, IWorkQueue queue, Expectations expectations, DaemonSetBackoff backoff, string source)
    {
        _set = set;
        _key = ObjectKey.Of(set);
        _selector = selector;
        _cache = cache;
        _api = api;
        _queue = queue;
        _expectations = expectations;
        _backoff = backoff;
        _source = source;
        var tolerations = DaemonSetPods.WithTolerations(set.Spec.Template).Spec.Tolerations;
        foreach (var node in cache.List<Node>())
        {
            _nodes.Add((node.Metadata.Name, DaemonSetPods.Fits(set, tolerations, node)));
        }
    }

    /// <summary>Brings the DaemonSet into order.</summary>
    /// <returns>What went wrong; null if nothing.</returns>
    public string? Run()
    {
        var revisions = new DaemonSetRevisions(_set, _selector.Matches, ClaimPods, _cache, _api);
        if (revisions.Find() is { } revisionError)
        {
            return $"failed to construct revisions of DaemonSet: {revisionError}";
        }

        if (!_expectations.AreSatisfied(_key, _api.Now))
        {
            return UpdateStatus(revisions.Hash, raisesGeneration: false);
        }

        if (Manage(revisions.Hash) is { } manageError)
        {
            return manageError;
        }

        if (_expectations.AreSatisfied(_key, _api.Now) && _set.Spec.UpdateStrategy.Type == "RollingUpdate" && Replace(revisions.Hash) is { } updateError)
        {
            return updateError;
        }

        return revisions.CleanUp() is { } cleanUpError
            ? $"failed to clean up revisions of DaemonSet: {cleanUpError}"
            : UpdateStatus(revisions.Hash, raisesGeneration: true);
    }

    private (ImmutableArray<Pod> Pods, string? Error) ClaimPods() =>
        new ControllerClaim<Pod>(_set, ApiKind.Of<DaemonSet>(), pod => _selector.Matches(pod.Metadata.Labels), _api)
            .Claim(ControllerClaim<Pod>.Candidates(_cache, _set));

    private string? PodsByNode(out SortedDictionary<string, List<Pod>> byNode)
    {
        byNode = new(StringComparer.Ordinal);
        var (pods, error) = ClaimPods();
        foreach (var pod in pods)
        {
            if (DaemonSetPods.NodeOf(pod) is { } node)
            {
                if (!byNode.TryGetValue(node, out var list))
                {
                    list = [];
                    byNode.Add(node, list);
                }

                list.Add(pod);
            }
        }

        return error;
    }

    private string? Manage(string hash)
    {
        if (PodsByNode(out var byNode) is { } error)
        {
            return $"couldn't get node to daemon pod mapping for daemon set \"{_set.Metadata.Name}\": {error}";
        }

        var plan = new DaemonSetPlan(_set, hash, _api.Now);
        foreach (var (name, fit) in _nodes)
        {
            plan.Add(name, byNode.GetValueOrDefault(name), fit, pod => HasToWait(pod, name));
        }

        var known = _nodes.Select(static node => node.Name).ToHashSet(StringComparer.Ordinal);
        plan.PodsToDelete.AddRange(byNode.Where(entry => !known.Contains(entry.Key))
            .SelectMany(static entry => entry.Value)
            .Where(static pod => pod.Spec.NodeName.Length == 0)
            .Select(static pod => pod.Metadata.Name));
        return Carry(plan);
    }

    private bool HasToWait(Pod pod, string node)
    {
        var backoffKey = string.Create(CultureInfo.InvariantCulture, $"{_set.Metadata.Uid}/{_set.Status.ObservedGeneration}/{node}");
        if (_backoff.DelayOf(backoffKey, _api.Now) is { } delay)
        {
            _queue.AddAfter(_key, delay);
            return true;
        }

        _backoff.Next(backoffKey, _api.Now);
        _api.Record(ApiEvent.Warning(
            _set, "FailedDaemonPod", $"Found failed daemon pod {ObjectKey.Of(pod)} on node {node}, will try to kill it", _source));
        return false;
    }

    private string? Replace(string hash)
    {
        if (PodsByNode(out var byNode) is { } error)
        {
            return $"couldn't get node to daemon pod mapping for daemon set \"{_set.Metadata.Name}\": {error}";
        }

        var desired = 0;
        foreach (var (name, fit) in _nodes)
        {
            if (fit.ShouldRun)
            {
                desired++;
                byNode.TryAdd(name, []);
            }
        }

        var rolling = _set.Spec.UpdateStrategy.RollingUpdate;
        var maxUnavailable = ScaledValue.Of(rolling?.MaxUnavailable ?? new(0), desired, roundUp: true, out var unavailableError);
        if (unavailableError is not null)
        {
            return $"couldn't get unavailable numbers: invalid value for MaxUnavailable: {unavailableError}";
        }

        var maxSurge = ScaledValue.Of(rolling?.MaxSurge ?? new(0), desired, roundUp: true, out var surgeError);
        if (surgeError is not null)
        {
            return $"couldn't get unavailable numbers: invalid value for MaxSurge: {surgeError}";
        }

        var plan = new DaemonSetPlan(_set, hash, _api.Now);
        if (maxSurge == 0)
        {
            plan.ReplaceInPlace(byNode, maxUnavailable == 0 && desired > 0 ? 1 : maxUnavailable);
        }
        else
        {
            plan.ReplaceBySurge(byNode, maxSurge);
        }

        return Carry(plan);
    }

    /// <summary>Makes and deletes what is planned.</summary>
    private string? Carry(DaemonSetPlan plan)
    {
        var creations = Math.Min(plan.NodesInNeed.Count, Burst);
        var deletions = Math.Min(plan.PodsToDelete.Count, Burst);
        _expectations.Expect(_key, creations, deletions, _api.Now);
        var control = new PodControl(_source, _api);
        var errors = new List<string>();
        var template = DaemonSetPods.TemplateOf(_set, plan.Hash);
        var (successes, _) = SlowStart.Run(creations, i =>
        {
            if (control.Create(DaemonSetPods.Pinned(template, plan.NodesInNeed[i]), _set) is not { } refusal || refusal.IsNamespaceTerminating())
            {
                return null;
            }

            errors.Add(refusal.Message);
            return refusal;
        });
        _expectations.CreationSeen(_key, creations - successes);
        foreach (var name in plan.PodsToDelete.Take(deletions))
        {
            if (control.Delete(new(_key.Namespace, name), _set) is { } refusal)
            {
                _expectations.DeletionSeen(_key);
                if (!refusal.IsNotFound())
                {
                    errors.Add(refusal.Message);
                }
            }
        }

        return ErrorTexts.Aggregate(errors);
    }

    private string? UpdateStatus(string hash, bool raisesGeneration)
    {
        if (PodsByNode(out var byNode) is { } error)
        {
            return $"couldn't get node to daemon pod mapping for daemon set \"{_set.Metadata.Name}\": {error}";
        }

        var counts = DaemonSetStatuses.Of(_set, _nodes, byNode, hash, _api.Now);
        if (WriteStatus(counts, raisesGeneration) is { } refusal)
        {
            return $"error storing status for daemon set {_key}: {refusal}";
        }

        if (_set.Spec.MinReadySeconds > 0 && counts.NumberReady != counts.NumberAvailable)
        {
            _queue.AddAfter(_key, TimeSpan.FromSeconds(_set.Spec.MinReadySeconds));
        }

        return null;
    }

    private string? WriteStatus(DaemonSetStatus counts, bool raisesGeneration)
    {
        if (DaemonSetStatuses.HaveSameCounts(counts, _set.Status) && _set.Status.ObservedGeneration >= _set.Metadata.Generation)
        {
            return null;
        }

        var set = _set;
        ApiStatus? refusal = null;
        for (var i = 0; i < StatusTries; i++)
        {
            var status = DaemonSetStatuses.WithCounts(set.Status, counts);
            set = set with { Status = raisesGeneration ? status with { ObservedGeneration = _set.Metadata.Generation } : status };
            refusal = _api.UpdateStatus(set).Status;
            if (refusal is null)
            {
                return null;
            }

            if (i + 1 < StatusTries)
            {
                if (_api.Get<DaemonSet>(_key) is not { } live)
                {
                    return ApiReasons.NotFound("daemonsets.apps", _key.Name).Message;
                }

                set = live;
            }
        }

        return refusal?.Message;
    }
}
