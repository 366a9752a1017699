using K124.Sim.Model;
using K124.Sim.Planning;
using K124.Sim.Scheduling;
using K124.Sim.Storage.Binding;
using static K124.Sim.Tests.Planning.PlanningObjects;

namespace K124.Sim.Tests.Planning;

public sealed class StoragePlanningTests
{
    [Fact]
    public void Local_volumes_limit_a_stateful_set_and_the_next_replica_says_so()
    {
        var cluster = Cluster.Of([NodeOf("a"), NodeOf("b"), Class("local", "kubernetes.io/no-provisioner"), Local("pv-1", "a", "10Gi"), Local("pv-2", "b", "5Gi"), Local("pv-3", "b", "20Gi")]);
        var plan = new CapacityPlanner(cluster).Fit(Database("local", "10Gi"));
        Assert.Equal([new("a", 1), new("b", 1)], plan.Nodes.ToArray());
        Assert.StartsWith("0/2 nodes are available: 2 node(s) didn't find available persistent volumes to bind.", plan.Next!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, 8)]
    [InlineData(true, 3)]
    public void Capacity_counts_down_only_when_asked_to(bool consumes, int replicas)
    {
        var plan = new CapacityPlanner(TrackedCluster(), new() { Scheduler = new() { ConsumesStorageCapacity = consumes } }).Fit(Database("lvm", "10Gi"));
        Assert.Equal(replicas, plan.Replicas);
        Assert.StartsWith(
            consumes ? "0/2 nodes are available: 2 node(s) did not have enough free storage." : "0/2 nodes are available: 2 Insufficient cpu.", plan.Next!.Message, StringComparison.Ordinal);
        Assert.Equal(consumes ? 0 : 1, plan.Notices.Length);
    }

    [Fact]
    public void Claims_of_one_pod_are_added_up_where_capacity_counts_down()
    {
        var pod = Ephemeral("web", "lvm", "9Gi", "9Gi");
        Assert.Equal(8, new CapacityPlanner(TrackedCluster()).Fit(pod).Replicas);
        Assert.Equal([new("a", 1)], new CapacityPlanner(TrackedCluster(), new() { Scheduler = new() { ConsumesStorageCapacity = true } }).Fit(pod).Nodes.ToArray());
    }

    [Fact]
    public void Replicas_of_a_pod_share_its_claims_and_have_their_own_ephemeral_volumes()
    {
        var shared = PodOf("web") with { Spec = SpecOf() with { Volumes = [new() { Name = "d", PersistentVolumeClaim = new() { ClaimName = "one" } }] } };
        var cluster = TrackedCluster().Add(Claim("one", "lvm", "10Gi"));
        Assert.Equal(4, Assert.Single(new CapacityPlanner(cluster).Fit(shared).Nodes).Replicas);
        Assert.Equal(3, new CapacityPlanner(cluster, new() { Scheduler = new() { ConsumesStorageCapacity = true } }).Fit(Ephemeral("web", "lvm", "10Gi")).Replicas);
    }

    [Fact]
    public void Claims_that_do_not_wait_are_taken_as_provisioned_with_a_notice()
    {
        var cluster = Cluster.Of([NodeOf("a"), Class("now", "csi.example.com") with { VolumeBindingMode = "Immediate" }]);
        var plan = new CapacityPlanner(cluster).Fit(Database("now", "1Gi"));
        Assert.Equal(4, plan.Replicas);
        Assert.StartsWith("5 claims of classes that do not wait for a pod", Assert.Single(plan.Notices), StringComparison.Ordinal);
    }

    [Fact]
    public void Claims_without_a_class_get_the_default_one_and_two_defaults_are_an_error()
    {
        static StorageClass Default(string name) => Class(name, "csi.example.com") with
        {
            Metadata = new() { Name = name, Annotations = StringMap.Of(("storageclass.kubernetes.io/is-default-class", "true")) },
        };
        var set = Database(null, "1Gi");
        Assert.Equal(4, new CapacityPlanner(Cluster.Of([NodeOf("a"), Default("x")])).Fit(set).Replicas);
        Assert.Equal(0, new CapacityPlanner(Cluster.Of([NodeOf("a"), Class("x", "csi.example.com")])).Fit(set).Replicas);
        var error = Assert.Throws<ArgumentException>(() => new CapacityPlanner(Cluster.Of([NodeOf("a"), Default("x"), Default("y")])).Fit(set));
        Assert.Contains("2 default StorageClasses were found", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Placing_workloads_makes_their_claims_and_takes_over_those_that_are_there()
    {
        var bound = Claim("data-db-0", "local", "10Gi") with
        {
            Metadata = new() { Name = "data-db-0", Namespace = "shop", Annotations = StringMap.Of(("pv.kubernetes.io/bind-completed", "yes")) },
            Spec = Claim("", "local", "10Gi").Spec with { VolumeName = "pv-2" },
        };
        var cluster = Cluster.Of(
        [
            NodeOf("a"), NodeOf("b"), Class("local", "kubernetes.io/no-provisioner"), bound, Local("pv-1", "a", "10Gi"),
            Local("pv-2", "b", "10Gi") with { Status = new() { Phase = "Bound" } },
        ]);
        var plan = new CapacityPlanner(cluster).Place([Database("local", "10Gi") with { Spec = Database("local", "10Gi").Spec with { Replicas = 3 } }]);
        Assert.Equal(["b", "a", null], plan.Pods.Select(static pod => pod.Result.NodeName));
    }

    [Fact]
    public void Explanation_names_what_claims_met_and_what_came_closest()
    {
        var cluster = TrackedCluster().Add(Class("local", "kubernetes.io/no-provisioner")).Add(Local("pv-1", "a", "5Gi")).Add(Local("pv-2", "a", "8Gi")).Add(Local("pv-3", "b", "20Gi"))
            .Add(Claim("lvm", "lvm", "20Gi")).Add(Claim("disk", "local", "10Gi"));
        var pod = PodOf("db") with
        {
            Spec = SpecOf() with { Volumes = [.. new[] { "lvm", "disk" }.Select(static name => new Volume { Name = name, PersistentVolumeClaim = new() { ClaimName = name } })] },
        };
        var (first, second) = new Scheduler(cluster).Explain(pod).Volumes switch { [var a, var b] => (a, b), _ => throw new InvalidOperationException() };
        var (lvm, disk) = (new ObjectKey("default", "lvm"), new ObjectKey("default", "disk"));
        Assert.Equal(
            [new(lvm, ClaimVerdict.Provisionable) { Capacity = new("kube-system", "a") }, new(disk, ClaimVerdict.NoVolume) { ClosestVolume = new("pv-2", 8L << 30, "2147483648 bytes too small") }],
            first.Claims.ToArray());
        Assert.Equal(
            [
                new(lvm, ClaimVerdict.NotEnoughCapacity) { ClosestCapacity = new("kube-system/b", 11L << 30, "9663676416 bytes too small") },
                new(disk, ClaimVerdict.VolumeFound) { VolumeName = "pv-3" },
            ],
            second.Claims.ToArray());
    }

    private static Cluster TrackedCluster() => Cluster.Of(
    [
        NodeOf("a"), NodeOf("b"), Class("lvm", "csi.example.com"),
        new CSIDriver { Metadata = new() { Name = "csi.example.com" }, Spec = new() { StorageCapacity = true } },
        Capacity("a", "25Gi"), Capacity("b", "11Gi"),
    ]);

    private static CSIStorageCapacity Capacity(string node, string size) => new()
    {
        Metadata = new() { Name = node, Namespace = "kube-system" },
        StorageClassName = "lvm",
        NodeTopology = new() { MatchLabels = StringMap.Of(("kubernetes.io/hostname", node)) },
        Capacity = Quantity.Parse(size),
    };

    private static StorageClass Class(string name, string provisioner) =>
        new() { Metadata = new() { Name = name }, Provisioner = provisioner, VolumeBindingMode = "WaitForFirstConsumer" };

    private static PersistentVolumeClaim Claim(string name, string? className, string size) => new()
    {
        Metadata = new() { Name = name, Namespace = "default" },
        Spec = new() { StorageClassName = className, AccessModes = ["ReadWriteOnce"], Resources = new() { Requests = StringMap.Of(("storage", Quantity.Parse(size))) } },
    };

    private static PersistentVolume Local(string name, string node, string size) => new()
    {
        Metadata = new() { Name = name },
        Spec = new()
        {
            StorageClassName = "local",
            AccessModes = ["ReadWriteOnce"],
            Capacity = StringMap.Of(("storage", Quantity.Parse(size))),
            Local = new() { Path = "/mnt/" + name },
            NodeAffinity = new() { Required = new() { NodeSelectorTerms = [new() { MatchExpressions = [new() { Key = "kubernetes.io/hostname", Operator = "In", Values = [node] }] }] } },
        },
        Status = new() { Phase = "Available" },
    };

    private static StatefulSet Database(string? className, string size) => new()
    {
        Metadata = MetaOf("db"),
        Spec = new() { Template = TemplateOf("db"), VolumeClaimTemplates = [Claim("data", className, size)] },
    };

    private static Pod Ephemeral(string name, string className, params string[] sizes) => PodOf(name) with
    {
        Spec = SpecOf() with
        {
            Volumes = [.. sizes.Select((size, i) => new Volume { Name = $"v{i}", Ephemeral = new() { VolumeClaimTemplate = new() { Spec = Claim("", className, size).Spec } } })],
        },
    };
}
