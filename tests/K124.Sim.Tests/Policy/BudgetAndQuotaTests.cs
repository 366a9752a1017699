using System.Collections.Immutable;
using System.Text;
using FsCheck.Xunit;
using K124.Sim.ControlPlane.Serving;
using K124.Sim.Model;
using K124.Sim.Pods;
using K124.Sim.Tests.ControlPlane;

namespace K124.Sim.Tests.Policy;

using ControlPlane = K124.Sim.ControlPlane.ControlPlane;

public class BudgetAndQuotaTests
{
    private static readonly ObjectKey Web = new("default", "web");

    [Property(MaxTest = 30)]
    public void A_budget_is_never_violated_by_eviction(ushort seed)
    {
        var (replicas, minAvailable) = ((seed % 6) + 2, (seed / 6 % 4) + 1);
        var plane = new ControlPlane(LivingCluster.Of(nodes: 3), new() { Kubelet = new() { Plan = static _ => new() { ReadyAfter = TimeSpan.FromSeconds(2) } } });
        plane.Apply(LivingCluster.Deployment("web", replicas));
        plane.Create(new PodDisruptionBudget
        {
            Metadata = new() { Name = "web", Namespace = "default" },
            Spec = new() { MinAvailable = new IntOrString(minAvailable), Selector = new() { MatchLabels = StringMap.Of(("app", "web")) } },
        });
        plane.RunUntilQuiet();
        var server = new ApiServerCore(plane.Store, new() { UsesRbac = false });

        var evicted = 0;
        for (var i = 0; i < 12; i++)
        {
            var pods = plane.List<Pod>().Where(static pod => pod.Metadata.DeletionTimestamp is null).ToArray();
            evicted += Evict(server, pods[(seed + i) % pods.Length].Metadata.Name) ? 1 : 0;
            plane.Advance(TimeSpan.FromMilliseconds(300 * ((seed + i) % 5)));

            var healthy = plane.List<Pod>().Count(static pod => pod.Metadata.DeletionTimestamp is null && PodPredicates.IsReady(pod));
            Assert.True(healthy >= Math.Min(minAvailable, replicas), $"{healthy} of {replicas} are healthy, {minAvailable} have to be");
        }

        Assert.Equal(minAvailable >= replicas, evicted == 0);
    }

    [Property(MaxTest = 30)]
    public void Quota_usage_equals_a_recount(ushort seed)
    {
        var plane = new ControlPlane(LivingCluster.Of(nodes: 3));
        plane.Create(new ResourceQuota
        {
            Metadata = new() { Name = "few", Namespace = "default" },
            Spec = new() { Hard = StringMap.Of(("pods", Quantity.Parse("7")), ("requests.cpu", Quantity.Parse("2"))) },
        });
        plane.RunUntilQuiet();
        for (var i = 0; i < 6; i++)
        {
            plane.Apply(LivingCluster.Deployment("web", (seed >> i) % 9));
            plane.RunUntilQuiet(TimeSpan.FromMinutes(7));

            var used = plane.Get<ResourceQuota>(new("default", "few"))!.Status.Used;
            var pods = plane.List<Pod>().Count();
            Assert.Equal(Quantity.FromUnits(pods), used["pods"]);
            Assert.Equal(Quantity.FromMilli(100 * pods), used["requests.cpu"]);
            Assert.True(pods <= 7);
        }
    }

    [Fact]
    public void In_the_foreground_owners_go_after_their_dependents()
    {
        var plane = new ControlPlane(LivingCluster.Of(nodes: 3));
        plane.Apply(LivingCluster.Deployment("web", 4));
        plane.RunUntilQuiet();

        plane.Delete<Deployment>(Web, new() { PropagationPolicy = "Foreground" });
        while (plane.Get<Deployment>(Web) is not null && plane.Step())
        {
            Assert.True(plane.Get<Deployment>(Web) is not null || (!plane.List<ReplicaSet>().Any() && !plane.List<Pod>().Any()));
            Assert.True(plane.List<ReplicaSet>().Any() || !plane.List<Pod>().Any());
        }

        Assert.Null(plane.Get<Deployment>(Web));
    }

    [Fact]
    public void Every_namespace_gets_its_account_and_the_root_certificate()
    {
        var plane = new ControlPlane(LivingCluster.Of(nodes: 1), new() { RootCertificate = "PEM" });
        plane.Create(new Namespace { Metadata = new() { Name = "late" } });
        plane.RunUntilQuiet();

        Assert.Equal(["default", "late"], plane.List<ServiceAccount>().Select(static account => account.Metadata.Namespace));
        Assert.All(plane.List<ConfigMap>(), static map => Assert.Equal("PEM", map.Data["ca.crt"]));
        var changed = plane.Get<ConfigMap>(new("late", "kube-root-ca.crt"))!;
        plane.Update(changed with { Data = StringMap.Of(("ca.crt", "other")) });
        plane.RunUntilQuiet();
        Assert.Equal("PEM", plane.Get<ConfigMap>(new("late", "kube-root-ca.crt"))!.Data["ca.crt"]);
    }

    [Fact]
    public void A_claim_in_use_waits_for_its_pod()
    {
        var plane = new ControlPlane(LivingCluster.Of(nodes: 1));
        plane.Create(new PersistentVolumeClaim
        {
            Metadata = new() { Name = "data", Namespace = "default" },
            Spec = new() { AccessModes = ["ReadWriteOnce"], StorageClassName = "", VolumeName = "disk", Resources = new() { Requests = StringMap.Of(("storage", Quantity.Parse("1Gi"))) } },
        });
        var pod = LivingCluster.Pod("web", cpuMilli: 100);
        plane.Create(pod with { Spec = pod.Spec with { NodeName = "n0", Volumes = [new() { Name = "data", PersistentVolumeClaim = new() { ClaimName = "data" } }] } });
        plane.RunUntilQuiet();

        plane.Delete<PersistentVolumeClaim>(new("default", "data"));
        plane.RunUntilQuiet();
        Assert.NotNull(plane.Get<PersistentVolumeClaim>(new("default", "data")));
        plane.Delete<Pod>(new("default", "web"));
        plane.RunUntilQuiet();

        Assert.Null(plane.Get<PersistentVolumeClaim>(new("default", "data")));
    }

    private static bool Evict(ApiServerCore server, string pod) => server.Handle(new()
    {
        Method = "POST",
        Path = $"/api/v1/namespaces/default/pods/{pod}/eviction",
        Headers = ImmutableSortedDictionary<string, string>.Empty.Add("content-type", "application/json"),
        Body = Encoding.UTF8.GetBytes($$$"""{"apiVersion":"policy/v1","kind":"Eviction","metadata":{"name":"{{{pod}}}","namespace":"default"}}"""),
    }).Code is 200 or 201;
}
