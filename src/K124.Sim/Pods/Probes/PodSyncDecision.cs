using System.Collections.Immutable;

namespace K124.Sim.Pods.Probes;

/// <summary>What the kubelet does with the containers of a pod when it looks at it.</summary>
/// <remarks>Kubernetes 1.24 pkg/kubelet/kuberuntime; the sandbox and the init containers are taken to be fine.</remarks>
internal sealed record PodSyncDecision
{
    private const long ShortestGraceSeconds = 2;

    /// <summary>Whether the whole pod is stopped: nothing is kept and nothing has to start.</summary>
    public required bool KillsPod { get; init; }

    /// <summary>The containers to start, in the order of the pod.</summary>
    public required ImmutableArray<string> Start { get; init; }

    /// <summary>The containers that have to go, and why.</summary>
    public required ImmutableArray<ContainerKill> Decided { get; init; }

    /// <summary>The containers that are really stopped, and how.</summary>
    public required ImmutableArray<ContainerStop> Stops { get; init; }

    /// <summary>Decides.</summary>
    /// <param name="pod">What of the pod counts.</param>
    /// <param name="containers">Its containers as they are found.</param>
    public static PodSyncDecision Of(PodEnding pod, IReadOnlyList<ContainerSighting> containers)
    {
        var (start, decided, kept) = (ImmutableArray.CreateBuilder<string>(), ImmutableArray.CreateBuilder<ContainerKill>(), 0);
        foreach (var sighting in containers)
        {
            var name = sighting.Container.Name;
            if (sighting.State == ContainerRuntimeState.Running)
            {
                if (WhyKill(sighting) is not { } kill)
                {
                    kept++;
                    continue;
                }

                var restarts = pod.RestartPolicy != PodEnding.Never || sighting.DefinitionChanged;
                decided.Add(restarts ? kill with { Message = $"{kill.Message}, will be restarted" } : kill);
                AddIf(start, restarts, name);
                continue;
            }

            var comesBack = ComesBack(pod, sighting);
            AddIf(start, comesBack, name);
            if (comesBack && sighting.State == ContainerRuntimeState.Unknown)
            {
                decided.Add(new(name, "Container is in \"unknown\" state, try killing it before restart", "Unknown"));
            }
        }

        var killsPod = kept == 0 && start.Count == 0;
        return new()
        {
            KillsPod = killsPod,
            Start = start.ToImmutable(),
            Decided = decided.ToImmutable(),
            Stops = [.. killsPod ? StopsOfPod(pod, containers) : decided.Select(kill => Stop(pod, kill, containers))],
        };
    }

    /// <summary>Seconds the runtime gives a container to end.</summary>
    /// <param name="pod">What of the pod counts.</param>
    /// <param name="probeSeconds">Seconds that the probe which has it killed asks for; null if there is none or it asks for none.</param>
    /// <param name="preStopSeconds">Seconds its hook before the stop has taken.</param>
    public static long GraceSeconds(PodEnding pod, long? probeSeconds = null, long preStopSeconds = 0)
    {
        var seconds = pod switch
        {
            { DeletionGracePeriodSeconds: { } deletion } => deletion,
            { TerminationGracePeriodSeconds: { } own } => probeSeconds ?? own,
            _ => ShortestGraceSeconds,
        };
        return Math.Max(seconds - preStopSeconds, ShortestGraceSeconds);
    }

    private static ContainerKill? WhyKill(ContainerSighting sighting)
    {
        var name = sighting.Container.Name;
        return sighting switch
        {
            { DefinitionChanged: true } => new(name, $"Container {name} definition changed", ""),
            { Liveness: ProbeResult.Failure } => new(name, $"Container {name} failed liveness probe", "LivenessProbe"),
            { Startup: ProbeResult.Failure } => new(name, $"Container {name} failed startup probe", "StartupProbe"),
            _ => null,
        };
    }

    private static bool ComesBack(PodEnding pod, ContainerSighting sighting)
    {
        if (pod.IsDeleted)
        {
            return false;
        }

        return sighting.State != ContainerRuntimeState.Exited || pod.RestartPolicy switch
        {
            PodEnding.Never => false,
            "OnFailure" => sighting.ExitCode != 0,
            _ => true,
        };
    }

    private static ContainerStop Stop(PodEnding pod, ContainerKill kill, IReadOnlyList<ContainerSighting> containers)
    {
        var container = containers.First(sighting => sighting.Container.Name == kill.Container).Container;
        var probe = kill.Reason switch
        {
            "LivenessProbe" => container.Liveness,
            "StartupProbe" => container.Startup,
            _ => null,
        };
        return new(kill.Container, kill.Message, GraceSeconds(pod, probe?.TerminationGracePeriodSeconds));
    }

    private static IEnumerable<ContainerStop> StopsOfPod(PodEnding pod, IReadOnlyList<ContainerSighting> containers) => containers
        .Where(sighting => sighting.State == ContainerRuntimeState.Running)
        .Select(sighting => new ContainerStop(sighting.Container.Name, $"Stopping container {sighting.Container.Name}", GraceSeconds(pod)));

    private static void AddIf(ImmutableArray<string>.Builder names, bool condition, string name)
    {
        if (condition)
        {
            names.Add(name);
        }
    }
}
