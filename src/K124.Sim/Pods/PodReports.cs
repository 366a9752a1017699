using System.Collections.Immutable;
using K124.Sim.Model;
using K124.Sim.Pods.Probes;
using K124.Sim.Text;

namespace K124.Sim.Pods;

/// <summary>The status that a kubelet reports at each turn of a pod's life.</summary>
internal static class PodReports
{
    public static Pod Started(Pod pod, DateTimeOffset now, bool isReady, string address)
    {
        var time = WholeSecond(now);
        var running = new ContainerState { Running = new() { StartedAt = time } };
        return pod with
        {
            Status = WithConditions(pod.Status, time, isReady, reason: isReady ? "" : "ContainersNotReady") with
            {
                Phase = "Running",
                PodIP = address,
                PodIPs = address.Length > 0 ? [new() { IP = address }] : [],
                StartTime = pod.Status.StartTime ?? time,
                ContainerStatuses = [.. pod.Spec.Containers.Select(container => new ContainerStatus
                {
                    Name = container.Name,
                    Image = container.Image,
                    Ready = isReady,
                    Started = true,
                    State = running,
                })],
            },
        };
    }

    /// <summary>A pod that has its address before anything else is known of it.</summary>
    public static Pod WithAddress(Pod pod, string address) => pod with
    {
        Status = pod.Status with { PodIP = address, PodIPs = address.Length > 0 ? [new() { IP = address }] : [] },
    };

    public static Pod Ready(Pod pod, DateTimeOffset now) => pod with
    {
        Status = WithConditions(pod.Status, WholeSecond(now), isReady: true, reason: "") with
        {
            ContainerStatuses = [.. pod.Status.ContainerStatuses.Select(static status => status with { Ready = true })],
        },
    };

    public static Pod Restarted(Pod pod) => pod with
    {
        Status = pod.Status with
        {
            ContainerStatuses = [.. pod.Status.ContainerStatuses.Select(static (status, i) => i == 0 ? status with { RestartCount = status.RestartCount + 1 } : status)],
        },
    };

    /// <summary>What a kubelet that runs probes sees of the containers.</summary>
    public static Pod Probed(Pod pod, ProbedPod probed, DateTimeOffset now)
    {
        var isReady = Enumerable.Range(0, probed.Lives.Count).All(probed.IsReady);
        return pod with
        {
            Status = WithConditions(pod.Status, WholeSecond(now), isReady, reason: isReady ? "" : "ContainersNotReady") with
            {
                Phase = "Running",
                StartTime = pod.Status.StartTime ?? WholeSecond(now),
                ContainerStatuses = [.. pod.Spec.Containers.Select((container, i) => OfContainer(pod, container, probed, i))],
            },
        };
    }

    private static ContainerStatus OfContainer(Pod pod, Container container, ProbedPod probed, int index)
    {
        var life = probed.Lives[index];
        var startedAt = Time(life.StartedAt);
        var ended = new ContainerState
        {
            Terminated = new() { ExitCode = life.ExitCode, Reason = life.ExitCode == 0 ? "Completed" : "Error", StartedAt = startedAt, FinishedAt = Time(life.EndedAt) },
        };
        var wait = life.Backoff.After(life.EndedAt);
        var before = pod.Status.ContainerStatuses.FirstOrDefault(status => status.Name == container.Name);
        return new()
        {
            Name = container.Name,
            Image = container.Image,
            RestartCount = life.Instance,
            Ready = probed.IsReady(index),
            Started = probed.IsStarted(index),
            State = life.Phase switch
            {
                ContainerPhase.Running or ContainerPhase.Stopping => new() { Running = new() { StartedAt = startedAt } },
                ContainerPhase.Waiting when wait > 0 => new()
                {
                    Waiting = new()
                    {
                        Reason = "CrashLoopBackOff",
                        Message = $"back-off {GoDuration.Text(TimeSpan.FromTicks(wait))} restarting failed container={container.Name} pod={pod.Metadata.Name}_{pod.Metadata.Namespace}({pod.Metadata.Uid})",
                    },
                },
                ContainerPhase.New => new() { Waiting = new() { Reason = "ContainerCreating" } },
                _ => ended,
            },
            LastState = life.Phase == ContainerPhase.Waiting && wait > 0 ? ended : before?.State?.Terminated is null ? before?.LastState : before.State,
        };
    }

    private static DateTimeOffset Time(long ticks) => WholeSecond(new(ticks, TimeSpan.Zero));

    public static Pod Ended(Pod pod, string phase, DateTimeOffset now)
    {
        var time = WholeSecond(now);
        var succeeded = phase == "Succeeded";
        var reason = succeeded ? "Completed" : "Error";
        return pod with
        {
            Status = WithConditions(pod.Status, time, isReady: false, reason: succeeded ? "PodCompleted" : "ContainersNotReady") with
            {
                Phase = phase,
                ContainerStatuses = [.. pod.Status.ContainerStatuses.Select(status => status with
                {
                    Ready = false,
                    Started = false,
                    State = new() { Terminated = new() { ExitCode = succeeded ? 0 : 1, Reason = reason, StartedAt = status.State?.Running?.StartedAt, FinishedAt = time } },
                })],
            },
        };
    }

    private static PodStatus WithConditions(PodStatus status, DateTimeOffset now, bool isReady, string reason)
    {
        var ready = new Condition { Status = isReady ? "True" : "False", Reason = reason };
        var conditions = Set(status.Conditions, new() { Type = "Initialized", Status = "True" }, now);
        conditions = Set(conditions, ready with { Type = "Ready" }, now);
        return status with { Conditions = Set(conditions, ready with { Type = "ContainersReady" }, now) };
    }

    private static ImmutableArray<Condition> Set(ImmutableArray<Condition> conditions, Condition condition, DateTimeOffset now)
    {
        for (var i = 0; i < conditions.Length; i++)
        {
            if (conditions[i].Type == condition.Type)
            {
                var since = conditions[i].Status == condition.Status ? conditions[i].LastTransitionTime : now;
                return conditions.SetItem(i, condition with { LastTransitionTime = since });
            }
        }

        return conditions.Add(condition with { LastTransitionTime = now });
    }

    private static DateTimeOffset WholeSecond(DateTimeOffset time) => time.AddTicks(-(time.UtcTicks % TimeSpan.TicksPerSecond));
}
