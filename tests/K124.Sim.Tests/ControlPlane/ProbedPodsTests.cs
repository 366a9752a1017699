using System.Collections.Immutable;
using K124.Sim.ControlPlane;
using K124.Sim.Model;
using K124.Sim.Pods;
using K124.Sim.Pods.Probes;

namespace K124.Sim.Tests.ControlPlane;

using ControlPlane = K124.Sim.ControlPlane.ControlPlane;

public class ProbedPodsTests
{
    private static readonly ObjectKey Web = new("default", "web");
    private static readonly StringMap<string> App = StringMap.Of(("app", "web"));

    [Fact]
    public void A_pod_is_ready_when_its_probe_says_so()
    {
        var plane = Plane(static _ => ProbePlan.AlwaysFine);
        plane.Create(Pod("Always", readiness: new() { InitialDelaySeconds = 15, HttpGet = new() }));

        plane.Advance(TimeSpan.FromSeconds(19));
        Assert.False(plane.Get<Pod>(Web)!.Status.ContainerStatuses[0].Ready);

        plane.Advance(TimeSpan.FromSeconds(2));
        Assert.True(plane.Get<Pod>(Web)!.Status.ContainerStatuses[0].Ready);
        Assert.True(plane.RunUntilQuiet());
        Assert.True(plane.Now < plane.Get<Pod>(Web)!.Metadata.CreationTimestamp + TimeSpan.FromMinutes(1));
    }

    [Fact]
    public void Startup_opens_the_other_probes()
    {
        var plane = Plane(static _ => new() { Changes = [new(ProbeKind.Startup, TimeSpan.Zero, IsFine: false), new(ProbeKind.Startup, TimeSpan.FromSeconds(20), IsFine: true)] });
        plane.Create(Pod("Always", startup: new() { FailureThreshold = 5 }, readiness: new()));

        plane.Advance(TimeSpan.FromSeconds(15));
        Assert.False(plane.Get<Pod>(Web)!.Status.ContainerStatuses[0].Started);

        plane.Advance(TimeSpan.FromSeconds(15));
        Assert.True(plane.Get<Pod>(Web)!.Status.ContainerStatuses[0].Started);
        Assert.True(plane.Get<Pod>(Web)!.Status.ContainerStatuses[0].Ready);
    }

    [Fact]
    public void A_failing_liveness_probe_has_the_container_restarted()
    {
        var plane = Plane(static _ => new() { Changes = [new(ProbeKind.Liveness, TimeSpan.FromSeconds(25), IsFine: false) { Instance = 0 }] });
        plane.Create(Pod("Always", liveness: new() { PeriodSeconds = 5, FailureThreshold = 2, TcpSocket = new() }));

        plane.RunUntilQuiet();

        var status = plane.Get<Pod>(Web)!.Status.ContainerStatuses[0];
        Assert.Equal(1, status.RestartCount);
        Assert.NotNull(status.State?.Running);
        Assert.Equal(
            ["Unhealthy 25", "Unhealthy 30", "Killing 30", "Started 30"],
            Events(plane).Select(static entry => $"{entry.Event!.Reason} {(entry.Time - Start(entry)).TotalSeconds:0}"));
        Assert.Contains(Events(plane), static entry => entry.Event!.Message == "Container c failed liveness probe, will be restarted");
    }

    [Fact]
    public void A_container_that_is_killed_again_and_again_waits_longer_each_time()
    {
        var plane = Plane(static _ => new() { Changes = [new(ProbeKind.Liveness, TimeSpan.Zero, IsFine: false)] });
        plane.Create(Pod("Always", liveness: new() { PeriodSeconds = 1, FailureThreshold = 1, TcpSocket = new() }));

        plane.Advance(TimeSpan.FromMinutes(5));

        var starts = Events(plane).Where(static entry => entry.Event!.Reason == "Started").Select(static entry => entry.Time).ToArray();
        var waits = starts.Zip(starts.Skip(1)).Select(static pair => Math.Round((pair.Second - pair.First).TotalSeconds)).Take(4);
        Assert.All(waits.Zip([10d, 20d, 40d, 80d]), static pair => Assert.InRange(pair.First, pair.Second, pair.Second + 2));
        Assert.Equal("CrashLoopBackOff", plane.Get<Pod>(Web)!.Status.ContainerStatuses[0].State?.Waiting?.Reason);
    }

    [Fact]
    public void A_killed_pod_that_is_never_restarted_has_failed()
    {
        var plane = Plane(static _ => new() { Changes = [new(ProbeKind.Liveness, TimeSpan.FromSeconds(5), IsFine: false)] }, new() { TerminateAfter = TimeSpan.FromSeconds(1) });
        plane.Create(Pod("Never", liveness: new() { PeriodSeconds = 1, FailureThreshold = 1 }));

        Assert.True(plane.RunUntilQuiet());

        Assert.Equal("Failed", plane.Get<Pod>(Web)!.Status.Phase);
        Assert.Contains(Events(plane), static entry => entry.Event!.Message == "Stopping container c");
    }

    [Fact]
    public void Readiness_drives_endpoints_and_budgets()
    {
        var plane = Plane(static _ => ProbePlan.AlwaysFine);
        plane.Apply(Deployment("app:1"));
        plane.Create(new Service { Metadata = new() { Name = "web", Namespace = "default" }, Spec = new() { Selector = App, Ports = [new() { Port = 80 }] } });
        plane.Create(new PodDisruptionBudget { Metadata = new() { Name = "web", Namespace = "default" }, Spec = new() { MaxUnavailable = new IntOrString(1), Selector = new() { MatchLabels = App } } });

        plane.RunUntilQuiet();
        Assert.Equal(3, Addresses(plane));
        Assert.Equal(1, plane.Get<PodDisruptionBudget>(Web)!.Status!.DisruptionsAllowed);

        Assert.Null(plane.Do(new UserAction.SetProbe("default", App, ProbeKind.Readiness, IsFine: false)));
        Assert.True(plane.RunUntilQuiet());
        Assert.Equal(0, Addresses(plane));
        Assert.Equal(0, plane.Get<PodDisruptionBudget>(Web)!.Status!.DisruptionsAllowed);
        Assert.Equal(0, plane.Get<Deployment>(Web)!.Status.AvailableReplicas);

        plane.Do(new UserAction.SetProbe("default", App, ProbeKind.Readiness, IsFine: true));
        plane.RunUntilQuiet();
        Assert.Equal(3, Addresses(plane));
        Assert.Equal(1, plane.Get<PodDisruptionBudget>(Web)!.Status!.DisruptionsAllowed);
    }

    [Fact]
    public void A_rollout_stops_at_pods_that_are_never_ready()
    {
        var plane = Plane(static pod => pod.Spec.Containers[0].Image == "app:1" ? ProbePlan.AlwaysFine : new() { Changes = [new(ProbeKind.Readiness, TimeSpan.Zero, IsFine: false)] });
        plane.Apply(Deployment("app:1"));
        plane.RunUntilQuiet();

        plane.Apply(Deployment("app:2"));
        plane.Advance(TimeSpan.FromMinutes(11));

        var deployment = plane.Get<Deployment>(Web)!;
        Assert.Equal(3, deployment.Status.AvailableReplicas);
        Assert.Equal(1, deployment.Status.UpdatedReplicas);
        Assert.Contains(deployment.Status.Conditions, static condition => condition is { Type: "Progressing", Status: "False", Reason: "ProgressDeadlineExceeded" });
    }

    [Fact]
    public void Forks_go_their_own_ways()
    {
        var plane = Plane(static _ => new() { Changes = [new(ProbeKind.Readiness, TimeSpan.FromSeconds(30), IsFine: false)] });
        plane.Create(Pod("Always", readiness: new() { PeriodSeconds = 5, FailureThreshold = 2 }));
        plane.Advance(TimeSpan.FromSeconds(20));

        var fork = plane.Fork();
        fork.Do(new UserAction.SetProbe("default", App, ProbeKind.Readiness, IsFine: true));
        plane.RunUntilQuiet();
        fork.RunUntilQuiet();

        Assert.False(plane.Get<Pod>(Web)!.Status.ContainerStatuses[0].Ready);
        Assert.True(fork.Get<Pod>(Web)!.Status.ContainerStatuses[0].Ready);
    }

    [Fact]
    public void Pods_that_run_already_stay_as_they_are()
    {
        var first = Plane(static _ => null);
        first.Create(Pod("Always", readiness: new()));
        first.RunUntilQuiet();

        var second = new ControlPlane(first.ToCluster(), new() { Start = first.Now, Kubelet = new() { Probes = static _ => ProbePlan.AlwaysFine } });

        Assert.True(second.RunUntilQuiet());
        Assert.True(second.Get<Pod>(Web)!.Status.ContainerStatuses[0].Ready);
        Assert.DoesNotContain(second.Timeline, static entry => entry is { Actor: "kubelet", Event: null });
    }

    private static ControlPlane Plane(Func<Pod, ProbePlan?> probes, PodPlan? plan = null) =>
        new(LivingCluster.Of(nodes: 2), new() { Kubelet = new() { Probes = probes, Plan = _ => plan ?? new() } });

    private static Pod Pod(string restartPolicy, Probe? startup = null, Probe? readiness = null, Probe? liveness = null)
    {
        var pod = LivingCluster.Pod("web", cpuMilli: 100);
        var container = pod.Spec.Containers[0] with { StartupProbe = Handled(startup), ReadinessProbe = Handled(readiness), LivenessProbe = Handled(liveness) };
        return pod with
        {
            Metadata = pod.Metadata with { Labels = App },
            Spec = pod.Spec with { RestartPolicy = restartPolicy, Containers = [container] },
        };
    }

    private static Probe? Handled(Probe? probe) => probe is null ? null
        : probe.HttpGet is not null ? probe with { HttpGet = new() { Port = new IntOrString(80), Path = "/" } }
        : probe.TcpSocket is not null ? probe with { TcpSocket = new() { Port = new IntOrString(80) } }
        : probe with { Exec = new() { Command = ["true"] } };

    private static Deployment Deployment(string image)
    {
        var deployment = LivingCluster.Deployment("web", replicas: 3);
        var container = deployment.Spec.Template.Spec!.Containers[0] with { Image = image, ReadinessProbe = new() { PeriodSeconds = 5, Grpc = new() { Port = 90 } } };
        return deployment with
        {
            Spec = deployment.Spec with { Template = deployment.Spec.Template with { Spec = deployment.Spec.Template.Spec with { Containers = [container] } } },
        };
    }

    private static int Addresses(ControlPlane plane) => plane.Get<Endpoints>(Web)!.Subsets.Sum(static subset => subset.Addresses.Length);

    private static ImmutableArray<TimelineEntry> Events(ControlPlane plane) => [.. plane.Timeline.Where(static entry => entry is { Actor: "kubelet", Event: not null })];

    private static DateTimeOffset Start(TimelineEntry entry) => new(entry.Time.UtcDateTime.Date, TimeSpan.Zero);
}
