using K124.Sim.Model;

namespace K124.Sim.Batch.Jobs.Syncing;

internal sealed partial class JobSyncer
{
    private readonly List<int> _chosen = [];
    private readonly List<ApiResult> _results = [];

    /// <summary>Deletes every active pod of a Job that fails.</summary>
    private (Condition? Finish, ApiResult? Error) DeleteActive(Condition finish, bool tracked)
    {
        NoteActive();
        _chosen.Clear();
        _chosen.AddRange(_job.Pods.Active);
        _chosen.Sort();
        ApiResult? error = null;
        var deleted = 0;
        _client.BeginCalls();
        foreach (var pod in _chosen)
        {
            var result = _client.DeletePod(pod);
            if (result.Succeeded || result.Verdict == ApiVerdict.NotFound)
            {
                deleted++;
            }
            else
            {
                error ??= result;
            }
        }

        var all = deleted == _active;
        if (!tracked)
        {
            deleted = _active;
        }

        _active -= deleted;
        _failed += deleted;
        return (all || !tracked ? finish : null, error);
    }

    private ApiResult? ManagePods()
    {
        if (_settings.Suspended)
        {
            return DeleteSurplus(_active, int.MaxValue);
        }

        var wanted = _settings.Completions is { } completions
            ? Math.Max(0, Math.Min(_settings.Parallelism, completions - _succeeded))
            : _succeeded > 0 ? _active : _settings.Parallelism;
        var surplus = Math.Max(0, _active - wanted);
        if (surplus > 0 || _job.Pods.StrayActiveCount + _job.Pods.DuplicateActiveCount > 0)
        {
            return DeleteSurplus(surplus, MostPerSync);
        }

        if (_active < wanted)
        {
            return CreateMissing(Math.Min(wanted - _active, MostPerSync));
        }

        _action = SyncAction.Tracking;
        return null;
    }

    private ApiResult? DeleteSurplus(int surplus, int most)
    {
        _action = SyncAction.PodsDeleted;
        NoteActive();
        _chosen.Clear();
        _job.Pods.TakeSurplus(surplus, _chosen);
        if (_chosen.Count > most)
        {
            _chosen.RemoveRange(most, _chosen.Count - most);
        }

        _job.Expectations.Set(0, _chosen.Count, _now);
        var error = RemoveFinalizersOfChosen();
        var removed = _results.Count(static result => result.Verdict == ApiVerdict.NotFound);
        _client.BeginCalls();
        for (var i = 0; i < _chosen.Count; i++)
        {
            if (!_results[i].Succeeded)
            {
                continue;
            }

            var result = _client.DeletePod(_chosen[i]);
            if (!result.Succeeded)
            {
                _job.Expectations.DeletionObserved();
            }

            if (result.Succeeded || result.Verdict == ApiVerdict.NotFound)
            {
                removed++;
            }
            else
            {
                error ??= result;
            }
        }

        _active -= removed;
        return error;
    }

    /// <summary>Takes the finalizers off before the pods are deleted, so that their end is not counted.</summary>
    private ApiResult? RemoveFinalizersOfChosen()
    {
        ApiResult? error = null;
        var called = false;
        _results.Clear();
        foreach (var pod in _chosen)
        {
            var result = ApiResult.Ok;
            if (_job.Pods.Has(pod, PodFlags.Finalizer))
            {
                if (!called)
                {
                    called = true;
                    _client.BeginCalls();
                }

                result = _client.RemoveFinalizer(pod).Within("removing completion finalizer: ");
            }

            if (!result.Succeeded)
            {
                _job.Expectations.DeletionObserved();
                error ??= result.Verdict == ApiVerdict.NotFound ? null : result;
            }

            _results.Add(result);
        }

        return error;
    }

    /// <summary>Creates pods in batches of 1, 2, 4, ..., and stops after a batch with an error.</summary>
    private ApiResult? CreateMissing(int count)
    {
        _action = SyncAction.PodsCreated;
        _job.Expectations.Set(count, 0, _now);
        _chosen.Clear();
        if (_settings.Indexed)
        {
            _job.Pods.TakeOpenIndexes(_completed, count, _chosen);
            count = _chosen.Count;
        }

        ApiResult? error = null;
        var next = 0;
        for (var batch = 1; next < count && error is null; batch *= 2)
        {
            var end = (int)Math.Min(count, next + (long)batch);
            _client.BeginCalls();
            for (; next < end; next++)
            {
                var result = _client.CreatePod(_settings.Indexed ? _chosen[next] : -1);
                if (result.Succeeded || result.Verdict == ApiVerdict.NamespaceTerminating)
                {
                    _active++;
                }
                else
                {
                    _job.Expectations.CreationObserved();
                    error ??= result;
                }
            }
        }

        for (; next < count; next++)
        {
            _job.Expectations.CreationObserved();
        }

        return error;
    }
}
