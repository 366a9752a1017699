using K124.Sim.Model;
using K124.Sim.Scheduling;
using K124.Sim.Tests.Reference;

namespace K124.Sim.Tests.Scheduling.Guard;

/// <summary>The library's scheduler and the reference, going through the same operations.</summary>
internal sealed class SchedulerPair
{
    // Both ways of deciding, and the change from one to the other, are held equal to the reference.
    private static readonly IndexUse[] IndexUses = [IndexUse.Always, IndexUse.Usual, IndexUse.Never, IndexUse.Always];

    private readonly SchedulerCase _case;
    private readonly Tally? _tally;
    private Scheduler _scheduler;
    private readonly List<Branch> _others = [];
    private Stack<(Checkpoint Checkpoint, ReferenceScheduler Reference)> _remembered = [];
    private ReferenceScheduler _reference;

    public SchedulerPair(SchedulerCase initial, Tally? tally)
    {
        (_case, _tally) = (initial, tally);
        var cluster = Cluster.Of(initial.Objects);
        _scheduler = new(cluster, initial.Options) { IndexUse = IndexUses[(uint)initial.Seed % IndexUses.Length] };
        _reference = new(cluster, initial.Options);
    }

    private SchedulerPair(SchedulerPair other)
    {
        (_case, _tally) = (other._case, null);
        (_scheduler, _reference) = (other._scheduler.Fork(), other._reference.Copy());
    }

    /// <summary>An independent pair in the same state, of which nothing is remembered.</summary>
    public SchedulerPair Fork() => new(this);

    /// <summary>Runs an operation on both.</summary>
    /// <returns>What differs, or null.</returns>
    public string? Run(SchedulerOperation operation)
    {
        switch (operation)
        {
            case SchedulerOperation.Explain { Template: var template }:
                var explained = _reference.Explain(Stamp(template, "explained"));
                _tally?.Count(explained);
                return Difference(DecisionText.Of(explained, isExplained: true), DecisionText.Of(_scheduler.Explain(Stamp(template, "explained"))));
            case SchedulerOperation.Schedule { Template: var template }:
                return Decide(Stamp(template, "scheduled"), out _);
            case SchedulerOperation.Place { Template: var template, Pod: var name }:
                return Place(Stamp(template, name));
            case SchedulerOperation.Assume { Template: var template, Pod: var name, Node: var node }:
                return _reference.Cache.HasNode(node) ? Assume(Stamp(template, name), node) : null;
            case SchedulerOperation.Touch { Template: var template, Node: var node, Times: var times }:
                return _reference.Cache.HasNode(node) ? Touch(Stamp(template, "touched"), node, times) : null;
            case SchedulerOperation.Forget { Pod: var name }:
                Placed(name).ForEach(Forget);
                return null;
            case SchedulerOperation.Nominate { Template: var template, Pod: var name, Node: var node }:
                return Nominate(Stamp(template, name), node);
            case SchedulerOperation.ClearNomination { Pod: var name }:
                _reference.Nominations.Select(static entry => entry.Pod.Key).Where(key => key.Name == name).ToList().ForEach(ClearNomination);
                return null;
            case SchedulerOperation.Preempt { Template: var template, Pod: var name, IsGraceful: var isGraceful }:
                return Preempt(Stamp(template, name), isGraceful);
            case SchedulerOperation.Apply { Object: var item }:
                return Apply(item);
            case SchedulerOperation.Delete { Kind: var kind, Namespace: var space, Name: var name }:
                return Delete(ApiKind.All.First(item => item.Kind == kind), new(space, name));
            case SchedulerOperation.Run run:
                return Apply(OnNode(Stamp(run.Template, run.Pod), run));
            case SchedulerOperation.Terminate { Pod: var name }:
                Placed(name).ForEach(Terminate);
                return null;
            case SchedulerOperation.Finish { Pod: var name, Phase: var phase }:
                Placed(name).Select(_reference.Cache.PodOf).ToList().ForEach(pod => Apply(pod with { Status = pod.Status with { Phase = phase } }));
                return null;
            case SchedulerOperation.Pend { Template: var template, Pod: var name, NominatedNode: var node }:
                var pending = Stamp(template, name);
                return Apply(pending with { Status = pending.Status with { NominatedNodeName = node } });
            case SchedulerOperation.Checkpoint:
                _remembered.Push((_scheduler.Checkpoint(), _reference.Copy()));
                return null;
            case SchedulerOperation.Rollback { StaysRemembered: var stays }:
                return Rollback(stays);
            case SchedulerOperation.Commit:
                if (_remembered.TryPop(out var dropped))
                {
                    dropped.Checkpoint.Dispose();
                }

                return null;
            case SchedulerOperation.Fork:
                _others.Add(new(_scheduler.Fork(), _reference.Copy(), []));
                return null;
            case SchedulerOperation.Switch { Branch: var branch }:
                Switch(branch);
                return null;
            default:
                throw new ArgumentException($"No such operation: {operation}.", nameof(operation));
        }
    }

    /// <summary>A pod of a template; now and then one with a label of its own, or one that shares no object with the others, as if read anew.</summary>
    private Pod Stamp(int template, string name)
    {
        var pod = _case.Templates[template];
        var labels = name[^1] is '3' or '6' or '7' ? pod.Metadata.Labels.With("pod-name", name) : pod.Metadata.Labels;
        pod = pod with { Metadata = pod.Metadata with { Name = name, Uid = name, Labels = labels } };
        return name.EndsWith('7') ? KubernetesJson.Deserialize<Pod>(KubernetesJson.SerializeToUtf8Bytes(pod)) : pod;
    }

    private List<ObjectKey> Placed(string name) => _reference.Cache.Pods.Where(key => key.Name == name).ToList();

    private string? Decide(Pod pod, out SchedulingResult result)
    {
        var expected = _reference.Schedule(pod);
        result = _scheduler.Schedule(pod);
        _tally?.Count(expected);
        return Difference(DecisionText.Of(expected, isExplained: false), DecisionText.Of(result));
    }

    private string? Place(Pod pod)
    {
        if (Placed(pod.Metadata.Name).Count > 0)
        {
            return null;
        }

        var difference = Decide(pod, out var result);
        return difference ?? (result.NodeName is { } node ? Assume(pod, node) : null);
    }

    private string? Assume(Pod pod, string node)
    {
        if (Placed(pod.Metadata.Name).Count == 0)
        {
            _scheduler.Assume(pod, node);
            _reference.Assume(pod, node);
        }

        return null;
    }

    private string? Touch(Pod pod, string node, int times)
    {
        for (var i = 0; i < times; i++)
        {
            Assume(pod, node);
            Forget(ObjectKey.Of(pod));
        }

        return null;
    }

    private void Forget(ObjectKey pod)
    {
        _scheduler.Forget(pod);
        _reference.Forget(pod);
    }

    private string? Nominate(Pod pod, string node)
    {
        if (_reference.Cache.HasNode(node) && Placed(pod.Metadata.Name).Count == 0)
        {
            _scheduler.Nominate(pod, node);
            _reference.Nominate(pod, node);
        }

        return null;
    }

    private void ClearNomination(ObjectKey pod)
    {
        _scheduler.ClearNomination(pod);
        _reference.ClearNomination(pod);
    }

    private static Pod OnNode(Pod pod, SchedulerOperation.Run run) => pod with
    {
        Metadata = pod.Metadata with { DeletionTimestamp = run.IsTerminating ? DateTimeOffset.UnixEpoch : null },
        Spec = pod.Spec with { NodeName = run.Node },
        Status = pod.Status with { StartTime = run.StartSeconds is { } seconds ? DateTimeOffset.UnixEpoch.AddSeconds(seconds) : null },
    };

    private string? Apply(IApiObject item)
    {
        _scheduler.Apply(item);
        _reference.Apply(item);
        return null;
    }

    private string? Delete(ApiKind kind, ObjectKey key)
    {
        _scheduler.Delete(kind, key);
        _reference.Delete(kind, key);
        return null;
    }

    private void Terminate(ObjectKey key)
    {
        var pod = _reference.Cache.PodOf(key);
        Apply(pod with
        {
            Metadata = pod.Metadata with { DeletionTimestamp = DateTimeOffset.UnixEpoch },
            Spec = pod.Spec with { NodeName = _reference.Cache.NodeOf(key)! },
        });
    }

    /// <summary>Compares every side of the forks made, by what becomes of each template there.</summary>
    /// <returns>What differs, or null.</returns>
    public string? CompareSides()
    {
        for (var branch = 0; branch < _others.Count; branch++)
        {
            Switch(branch);
            for (var template = 0; template < _case.Templates.Length; template++)
            {
                if (Run(new SchedulerOperation.Explain(template)) is { } difference)
                {
                    return difference;
                }
            }
        }

        return null;
    }

    private void Switch(int branch)
    {
        if (_others.Count > 0)
        {
            var i = branch % _others.Count;
            var other = _others[i];
            _others[i] = new(_scheduler, _reference, _remembered);
            (_scheduler, _reference, _remembered) = (other.Scheduler, other.Reference, other.Remembered);
        }
    }

    private string? Rollback(bool staysRemembered)
    {
        if (_remembered.TryPeek(out var remembered))
        {
            _scheduler.Rollback(remembered.Checkpoint);
            _reference = remembered.Reference.Copy();
            if (!staysRemembered)
            {
                _remembered.Pop().Checkpoint.Dispose();
            }
        }

        return null;
    }

    private string? Preempt(Pod pod, bool isGraceful)
    {
        if (Placed(pod.Metadata.Name).Count > 0)
        {
            return null;
        }

        var difference = Decide(pod, out var result);
        if (difference is not null || result.IsScheduled)
        {
            return difference ?? Assume(pod, result.NodeName!);
        }

        if (result.Preemption?.Nominated is { } nominated)
        {
            nominated.Victims.Select(static victim => ObjectKey.Of(victim)).ToList().ForEach(isGraceful ? Terminate : Forget);
            result.Preemption.ClearedNominations.ToList().ForEach(ClearNomination);
            return Nominate(pod, nominated.NodeName);
        }

        return null;
    }

    private static string? Difference(string expected, string actual) => expected == actual ? null : string.Join("\n", DecisionText.Differences(expected, actual));

    private sealed record Branch(Scheduler Scheduler, ReferenceScheduler Reference, Stack<(Checkpoint Checkpoint, ReferenceScheduler Reference)> Remembered);
}
