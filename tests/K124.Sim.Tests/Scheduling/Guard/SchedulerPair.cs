using K124.Sim.Model;
using K124.Sim.Scheduling;
using K124.Sim.Tests.Reference;

namespace K124.Sim.Tests.Scheduling.Guard;

/// <summary>The library's scheduler and the reference, going through the same operations.</summary>
internal sealed class SchedulerPair
{
    private readonly SchedulerCase _case;
    private readonly Tally? _tally;
    private readonly Scheduler _scheduler;
    private readonly ReferenceScheduler _reference;

    public SchedulerPair(SchedulerCase initial, Tally? tally)
    {
        (_case, _tally) = (initial, tally);
        var cluster = Cluster.Of(initial.Objects);
        _scheduler = new(cluster, initial.Options);
        _reference = new(cluster, initial.Options);
    }

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
            case SchedulerOperation.Forget { Pod: var name }:
                Placed(name).ForEach(Forget);
                return null;
            case SchedulerOperation.Nominate { Template: var template, Pod: var name, Node: var node }:
                return Nominate(Stamp(template, name), node);
            case SchedulerOperation.ClearNomination { Pod: var name }:
                _reference.Nominations.Select(static entry => entry.Pod.Key).Where(key => key.Name == name).ToList().ForEach(ClearNomination);
                return null;
            case SchedulerOperation.Preempt { Template: var template, Pod: var name }:
                return Preempt(Stamp(template, name));
            default:
                throw new ArgumentException($"No such operation: {operation}.", nameof(operation));
        }
    }

    private Pod Stamp(int template, string name)
    {
        var pod = _case.Templates[template];
        return pod with { Metadata = pod.Metadata with { Name = name, Uid = name } };
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

    private string? Preempt(Pod pod)
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
            nominated.Victims.Select(static victim => ObjectKey.Of(victim)).ToList().ForEach(Forget);
            result.Preemption.ClearedNominations.ToList().ForEach(ClearNomination);
            return Nominate(pod, nominated.NodeName);
        }

        return null;
    }

    private static string? Difference(string expected, string actual) => expected == actual ? null : string.Join("\n", DecisionText.Differences(expected, actual));
}
