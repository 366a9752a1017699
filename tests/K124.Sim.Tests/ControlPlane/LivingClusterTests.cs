using K124.Sim.Api;
using K124.Sim.Model;
using K124.Sim.Networking;

namespace K124.Sim.Tests.ControlPlane;

using ControlPlane = K124.Sim.ControlPlane.ControlPlane;

public class LivingClusterTests
{
    [Fact]
    public void A_pod_is_defaulted_scheduled_and_started()
    {
        var plane = new ControlPlane(LivingCluster.Of(nodes: 2));

        Assert.True(plane.Create(LivingCluster.Pod("web", cpuMilli: 500)).Succeeded);
        Assert.True(plane.RunUntilQuiet());

        var pod = plane.Get<Pod>(new("default", "web"))!;
        Assert.Equal("Running", pod.Status.Phase);
        Assert.Equal("Always", pod.Spec.RestartPolicy);
        Assert.Contains(pod.Status.Conditions, static condition => condition is { Type: "PodScheduled", Status: "True" });
        Assert.Contains(plane.Timeline, static entry => entry.Event is { Reason: "Scheduled", Message: "Successfully assigned default/web to n0" });
    }

    [Fact]
    public void Limits_count_as_requests_whoever_brings_the_pod()
    {
        var plane = new ControlPlane(LivingCluster.Of(nodes: 1));
        var pod = LivingCluster.Pod("big", cpuMilli: 0);
        pod = pod with { Spec = pod.Spec with { Containers = [pod.Spec.Containers[0] with { Resources = new() { Limits = StringMap.Of(("cpu", Quantity.Parse("9"))) } }] } };

        plane.Apply(pod);
        plane.RunUntilQuiet();

        Assert.Equal("", plane.Get<Pod>(new("default", "big"))!.Spec.NodeName);
    }

    [Fact]
    public void A_Job_runs_to_its_end()
    {
        var plane = new ControlPlane(LivingCluster.Of(nodes: 2));

        Assert.True(plane.Create(LivingCluster.Job("pi", completions: 4, parallelism: 2)).Succeeded);
        plane.RunUntilQuiet();

        var job = plane.Get<Job>(new("default", "pi"))!;
        Assert.Equal(4, job.Status.Succeeded);
        Assert.Contains(job.Status.Conditions, static condition => condition is { Type: "Complete", Status: "True" });
        Assert.All(plane.List<Pod>(), static pod => Assert.Empty(pod.Metadata.Finalizers));
    }

    [Fact]
    public void A_deployment_makes_ReplicaSet_and_pods()
    {
        var plane = new ControlPlane(LivingCluster.Of(nodes: 2));

        Assert.Null(plane.Apply(LivingCluster.Deployment("web", replicas: 3)).Status);
        plane.RunUntilQuiet();

        Assert.Equal(3, plane.Get<Deployment>(new("default", "web"))!.Status.AvailableReplicas);
        Assert.Single(plane.List<ReplicaSet>());
        Assert.Equal(3, plane.List<Pod>().Count(static pod => pod.Status.Phase == "Running"));
    }

    [Fact]
    public void What_the_server_refuses_is_not_stored_and_stands_in_the_timeline()
    {
        var plane = new ControlPlane(LivingCluster.Of(nodes: 1));

        var result = plane.Create(LivingCluster.Pod("Not a name", cpuMilli: 1));

        Assert.Equal(422, result.Status!.Code);
        Assert.Empty(plane.List<Pod>());
        Assert.Contains(plane.Timeline, static entry => entry is { Verb: "create", Refusal.Code: 422 });
    }

    [Fact]
    public void A_fork_never_sees_the_other_side()
    {
        var plane = new ControlPlane(LivingCluster.Of(nodes: 2));
        plane.Create(LivingCluster.Pod("before", cpuMilli: 100));
        var fork = plane.Fork();

        plane.Create(LivingCluster.Pod("here", cpuMilli: 100));
        fork.Create(LivingCluster.Pod("there", cpuMilli: 100));
        plane.RunUntilQuiet();
        fork.RunUntilQuiet();

        Assert.Equal(["before", "here"], plane.List<Pod>().Select(static pod => pod.Metadata.Name));
        Assert.Equal(["before", "there"], fork.List<Pod>().Select(static pod => pod.Metadata.Name));
        Assert.All(plane.List<Pod>().Concat(fork.List<Pod>()), static pod => Assert.Equal("Running", pod.Status.Phase));
    }

    [Fact]
    public void Deleting_a_running_pod_takes_its_grace_into_account()
    {
        var plane = new ControlPlane(LivingCluster.Of(nodes: 1), new() { Kubelet = new() { Plan = static _ => new() { TerminateAfter = TimeSpan.FromSeconds(7) } } });
        plane.Create(LivingCluster.Pod("web", cpuMilli: 100));
        plane.RunUntilQuiet();

        var deleted = plane.Delete<Pod>(new("default", "web"));

        Assert.Equal(30, deleted.Value!.Metadata.DeletionGracePeriodSeconds);
        plane.Advance(TimeSpan.FromSeconds(6));
        Assert.NotNull(plane.Get<Pod>(new("default", "web")));
        plane.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(plane.Get<Pod>(new("default", "web")));
    }

    [Fact]
    public void A_stale_status_is_a_conflict()
    {
        var plane = new ControlPlane(LivingCluster.Of(nodes: 1));
        var pod = plane.Create(LivingCluster.Pod("web", cpuMilli: 100)).Value!;
        plane.RunUntilQuiet();

        var result = plane.Client.UpdateStatus(pod with { Status = pod.Status with { Message = "late" } });

        Assert.Equal("Conflict", result.Status!.Reason);
    }

    [Fact]
    public void A_status_of_a_user_is_judged()
    {
        var plane = new ControlPlane(LivingCluster.Of(nodes: 1));
        var job = plane.Create(LivingCluster.Job("pi", completions: 1, parallelism: 1)).Value!;

        var result = plane.Client.UpdateStatus(job with { Status = job.Status with { Active = -1 } });

        Assert.Equal("Job.batch \"pi\" is invalid: status.active: Invalid value: -1: must be greater than or equal to 0", result.Status!.Message);
        Assert.Equal(0, plane.Get<Job>(new("default", "pi"))!.Status.Active);
    }

    [Fact]
    public void A_service_gets_an_address_whoever_brings_it()
    {
        var plane = new ControlPlane(LivingCluster.Of(nodes: 1));
        var service = new Service { Metadata = new() { Name = "web", Namespace = "default" }, Spec = new() { Ports = [new() { Port = 80 }] } };

        Assert.True(ServiceCidr.Parse("10.96.0.0/12").Contains(ServiceIP.Parse(plane.Create(service).Value!.Spec.ClusterIP)));
        var refused = plane.Create(service with { Metadata = service.Metadata with { Name = "odd" }, Spec = service.Spec with { Type = "Nonsense" } });
        Assert.Equal(422, refused.Status!.Code);
        var fork = plane.Fork();
        fork.Delete<Service>(new("default", "web"));
        Assert.NotNull(plane.Get<Service>(new("default", "web")));
    }

    [Fact]
    public void Running_can_be_cancelled_and_goes_on_later()
    {
        var plane = new ControlPlane(LivingCluster.Of(nodes: 1));
        plane.Create(LivingCluster.Pod("web", cpuMilli: 100));
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();

        Assert.Throws<OperationCanceledException>(() => plane.RunUntilQuiet(cancellationToken: cancelled.Token));
        Assert.True(plane.RunUntilQuiet());
        Assert.Equal("Running", plane.Get<Pod>(new("default", "web"))!.Status.Phase);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_account_of_a_pod_is_taken_as_there_or_looked_up(bool assumed)
    {
        var token = new Volume { Name = "token", Projected = new() { Sources = [new() { ServiceAccountToken = new() { Path = "token" } }] } };
        var pod = LivingCluster.Pod("p", 100);
        var plane = new ControlPlane(LivingCluster.Of(nodes: 1), new() { AssumesServiceAccounts = assumed, Off = ["serviceaccount-controller"] });
        var created = plane.Create(pod with { Spec = pod.Spec with { Volumes = [token] } });

        Assert.Equal(assumed ? "default" : null, created.Succeeded ? created.Value.Spec.ServiceAccountName : null);
        Assert.Equal(!assumed, created.Status?.Message == "pods \"p\" is forbidden: error looking up service account default/default: serviceaccount \"default\" not found");
    }
}
