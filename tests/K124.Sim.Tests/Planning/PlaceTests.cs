using FsCheck;
using FsCheck.Fluent;
using K124.Sim.Model;
using K124.Sim.Planning;
using static K124.Sim.Tests.Planning.PlanningObjects;

namespace K124.Sim.Tests.Planning;

public sealed class PlaceTests
{
    private static readonly Cluster TwoNodes = Cluster.Of(NodeOf("a"), NodeOf("b"));

    [Fact]
    public void Pending_pods_go_by_priority_and_then_in_order()
    {
        var cluster = Cluster.Of(NodeOf("a"), PodOf("low"), PodOf("high", priority: 10), PodOf("also-low"), PodOf("there", node: "a"));
        var plan = new CapacityPlanner(cluster).Place([]);
        Assert.Equal(["high", "low", "also-low"], plan.Pods.Select(static pod => pod.Pod.Metadata.Name));
        Assert.All(plan.Pods, static pod => Assert.Equal("a", pod.Result.NodeName));
        Assert.Equal("Pod default/high", plan.Pods[0].Source);
    }

    [Fact]
    public void Pods_that_are_done_or_terminating_are_not_placed()
    {
        var done = PodOf("done") with { Status = new() { Phase = "Succeeded" } };
        var going = PodOf("going") with { Metadata = PodOf("going").Metadata with { DeletionTimestamp = DateTimeOffset.UnixEpoch } };
        Assert.Empty(new CapacityPlanner(Cluster.Of(NodeOf("a"), done, going)).Place([]).Pods);
    }

    [Fact]
    public void Deployment_makes_pods_of_a_replica_set_of_its_own()
    {
        var plan = Place(new Deployment { Metadata = MetaOf("web"), Spec = new() { Replicas = 3, Selector = Selector("web"), Template = TemplateOf() } });
        Assert.Equal(3, plan.Pods.Length);
        var pod = plan.Pods[0].Pod;
        var hash = pod.Metadata.Labels["pod-template-hash"];
        var owner = Assert.Single(pod.Metadata.OwnerReferences);
        Assert.Equal(("apps/v1", "ReplicaSet", $"web-{hash}", (bool?)true), (owner.ApiVersion, owner.Kind, owner.Name, owner.Controller));
        Assert.Equal("Deployment shop/web", plan.Pods[0].Source);
        Assert.Equal(["a", "b"], plan.Pods.Take(2).Select(static placed => placed.Result.NodeName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Equal_templates_have_equal_hashes_and_others_not()
    {
        static string Hash(PodSpec spec) => Place(new Deployment { Metadata = MetaOf("web"), Spec = new() { Template = TemplateOf(spec: spec) } })
            .Pods[0].Pod.Metadata.Labels["pod-template-hash"];
        Assert.Equal(Hash(SpecOf("1")), Hash(SpecOf("1000m")));
        Assert.NotEqual(Hash(SpecOf("1")), Hash(SpecOf("2")));
    }

    [Fact]
    public void Pods_of_a_service_spread_by_default()
    {
        var service = new Service { Metadata = MetaOf("web"), Spec = new() { Selector = StringMap.Of(("app", "web")) } };
        Pod[] bare = [.. Enumerable.Range(0, 2).Select(static i => PodOf($"p{i}", "10m", "1Mi") with { Metadata = MetaOf($"p{i}") with { Labels = StringMap.Of(("app", "web")) } })];

        // "a" is the emptier node, so that without the service both pods go there.
        var cluster = Cluster.Of(NodeOf("a"), NodeOf("b"), PodOf("x", "1", "2Gi", "b"));
        Assert.Equal(["a", "a"], new CapacityPlanner(cluster).Place(bare).Pods.Select(static pod => pod.Result.NodeName));
        Assert.Equal(["a", "b"], new CapacityPlanner(cluster).Place([service, .. bare]).Pods.Select(static pod => pod.Result.NodeName));
    }

    [Fact]
    public void Stateful_set_numbers_its_pods_and_names_their_claims()
    {
        var set = new StatefulSet
        {
            Metadata = MetaOf("db"),
            Spec = new() { Replicas = 2, PodManagementPolicy = "Parallel", Template = TemplateOf("db"), VolumeClaimTemplates = [new() { Metadata = new() { Name = "data" } }] },
        };
        var plan = Place(set);
        Assert.Equal(["db-0", "db-1"], plan.Pods.Select(static pod => pod.Pod.Metadata.Name));
        Assert.Equal("data-db-1", plan.Pods[1].Pod.Spec.Volumes.Single().PersistentVolumeClaim!.ClaimName);
        Assert.Equal("db-1", plan.Pods[1].Pod.Metadata.Labels["statefulset.kubernetes.io/pod-name"]);
        Assert.Equal("pod has unbound immediate PersistentVolumeClaims", Assert.Single(plan.Pods[1].Result.Reasons).Reason);
    }

    [Fact]
    public void Daemon_set_has_one_pod_on_every_node_that_it_suits()
    {
        var cluster = Cluster.Of(
            NodeOf("a"),
            NodeOf("tainted", taints: new Taint { Key = "k", Effect = "NoSchedule" }),
            NodeOf("b") with { Spec = new() { Unschedulable = true, Taints = [new() { Key = "node.kubernetes.io/unschedulable", Effect = "NoSchedule" }] } },
            NodeOf("full", cpu: "500m"));
        var plan = new CapacityPlanner(cluster).Place([new DaemonSet { Metadata = MetaOf("agent"), Spec = new() { Template = TemplateOf() } }]);
        Assert.Equal(["a", "b", null], plan.Pods.Select(static pod => pod.Result.NodeName));
        Assert.StartsWith("0/4 nodes are available: 1 Insufficient cpu.", plan.Pods[2].Result.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3, null, null, 3)]
    [InlineData(null, 5, null, 1)]
    [InlineData(4, 2, null, 2)]
    [InlineData(4, 2, true, 0)]
    public void Job_has_as_many_pods_as_may_run_at_once(int? parallelism, int? completions, bool? suspend, int pods)
    {
        var spec = new JobSpec { Parallelism = parallelism, Completions = completions, Suspend = suspend, Template = TemplateOf() };
        Assert.Equal(pods, Place(new Job { Metadata = MetaOf("batch"), Spec = spec }).Pods.Length);
        Assert.Equal(pods, Place(new CronJob { Metadata = MetaOf("batch"), Spec = new() { JobTemplate = new() { Spec = spec } } }).Pods.Length);
    }

    [Fact]
    public void Indexed_job_says_the_index()
    {
        var plan = Place(new Job { Metadata = MetaOf("batch"), Spec = new() { Parallelism = 2, Completions = 2, CompletionMode = "Indexed", Template = TemplateOf() } });
        Assert.Equal(["0", "1"], plan.Pods.Select(static pod => pod.Pod.Metadata.Annotations["batch.kubernetes.io/job-completion-index"]));
    }

    [Fact]
    public void Suspended_cron_job_has_no_pods() =>
        Assert.Empty(Place(new CronJob { Metadata = MetaOf("c"), Spec = new() { Suspend = true, JobTemplate = new() { Spec = new() { Template = TemplateOf() } } } }).Pods);

    [Fact]
    public void Replica_sets_and_replication_controllers_make_their_pods()
    {
        var plan = Place(
            new ReplicaSet { Metadata = MetaOf("rs"), Spec = new() { Replicas = 2, Template = TemplateOf() } },
            new ReplicationController { Metadata = MetaOf("rc"), Spec = new() { Template = TemplateOf() } });
        Assert.Equal(["rs-1", "rs-2", "rc-1"], plan.Pods.Select(static pod => pod.Pod.Metadata.Name));
    }

    [Fact]
    public void Priority_comes_from_the_class_among_the_workloads()
    {
        var important = new PriorityClass { Metadata = new() { Name = "important" }, Value = 100 };
        var everyone = new PriorityClass { Metadata = new() { Name = "everyone" }, Value = 5, GlobalDefault = true };
        var first = PodOf("first");
        var second = PodOf("second") with { Spec = SpecOf() with { PriorityClassName = "important" } };
        var third = PodOf("third") with { Spec = SpecOf() with { PriorityClassName = "system-node-critical" } };
        var plan = new CapacityPlanner(TwoNodes).Place([first, second, third, important, everyone]);
        Assert.Equal([("third", 2_000_001_000), ("second", 100), ("first", 5)], plan.Pods.Select(static pod => (pod.Pod.Metadata.Name, pod.Pod.Spec.Priority!.Value)));
    }

    [Fact]
    public void Workload_that_is_there_already_is_replaced_but_a_pod_of_its_own_is_refused()
    {
        var set = new ReplicaSet { Metadata = MetaOf("rs"), Spec = new() { Template = TemplateOf() } };
        Assert.Single(new CapacityPlanner(TwoNodes.Add(set)).Place([set]).Pods);
        var error = Assert.Throws<ArgumentException>(() => new CapacityPlanner(TwoNodes).Place([PodOf("p"), PodOf("p")]));
        Assert.Contains("There is already a Pod 'default/p'.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_that_pods_must_have_are_kept_for_them()
    {
        var plan = Place(
            new ReplicaSet { Metadata = MetaOf("web"), Spec = new() { Replicas = 2, Template = TemplateOf() } },
            new StatefulSet { Metadata = MetaOf("web"), Spec = new() { Replicas = 2, Template = TemplateOf() } },
            PodOf("bare") with { Metadata = MetaOf("web-2") });
        Assert.Equal(["web-3", "web-4", "web-0", "web-1", "web-2"], plan.Pods.Select(static pod => pod.Pod.Metadata.Name));
    }

    [Fact]
    public void Pod_that_names_its_node_goes_there_without_the_scheduler()
    {
        var cluster = Cluster.Of(NodeOf("a"), NodeOf("b", cpu: "1"), PodOf("x", node: "b"), PodOf("pending", priority: 9));
        var plan = new CapacityPlanner(cluster).Place([PodOf("fixed", node: "b"), PodOf("lost", node: "gone")]);
        Assert.Equal(["b", null, "a"], plan.Pods.Select(static pod => pod.Result.NodeName));
        Assert.Equal("the pod names node \"gone\", which is not in the cluster", plan.Pods[1].Result.Message);
        Assert.Equal(2000, plan.Utilization[1].Resources[0].After);
    }

    [Fact]
    public void Paused_deployment_has_no_pods() =>
        Assert.Empty(Place(new Deployment { Metadata = MetaOf("web"), Spec = new() { Paused = true, Template = TemplateOf() } }).Pods);

    [Fact]
    public void Claim_of_a_stateful_set_takes_the_place_of_a_volume_of_its_name()
    {
        var spec = SpecOf() with { Volumes = [new() { Name = "data", HostPath = new() { Path = "/x" } }, new() { Name = "other" }] };
        var set = new StatefulSet { Metadata = MetaOf("db"), Spec = new() { Template = TemplateOf(spec: spec), VolumeClaimTemplates = [new() { Metadata = new() { Name = "data" } }] } };
        Assert.Equal(["other", "data"], Place(set).Pods[0].Pod.Spec.Volumes.Select(static volume => volume.Name));
    }

    [Fact]
    public void Pods_for_another_scheduler_are_named() =>
        Assert.Contains(
            Place(PodOf("p") with { Spec = SpecOf() with { SchedulerName = "batch" } }).Notices,
            static notice => notice.StartsWith("1 pod for another scheduler", StringComparison.Ordinal));

    [Fact]
    public void Pods_that_would_preempt_are_named()
    {
        var cluster = Cluster.Of(NodeOf("a", cpu: "1"), PodOf("low", node: "a"), PodOf("high", priority: 10));
        var plan = new CapacityPlanner(cluster).Place([]);
        Assert.Single(plan.Unschedulable);
        Assert.Equal("low", plan.Pods[0].Result.Preemption!.Nominated!.Victims.Single().Metadata.Name);
        Assert.Contains(plan.Notices, static notice => notice.StartsWith("1 pod for which 1.24 would evict pods", StringComparison.Ordinal));
    }

    [Fact]
    public void Pods_on_nodes_that_are_not_there_are_named() =>
        Assert.Equal(["1 pod on nodes that are not in the cluster: they count nowhere."], new CapacityPlanner(TwoNodes.Add(PodOf("x", node: "gone"))).Place([]).Notices.ToArray());

    [Fact]
    public void No_plan_gives_a_node_more_than_it_has() =>
        Prop.ForAll(Clusters, static cluster =>
        {
            var plan = new CapacityPlanner(cluster).Place([new Deployment { Metadata = MetaOf("web"), Spec = new() { Replicas = 9, Template = TemplateOf(spec: SpecOf("400m", "600Mi")) } }]);
            return plan.Pods.Where(static pod => pod.Result.IsScheduled).GroupBy(static pod => pod.Result.NodeName!).All(group =>
            {
                var node = cluster.Nodes.Find(group.Key)!;
                Pod[] all = [.. cluster.Pods.Where(pod => pod.Spec.NodeName == group.Key), .. group.Select(static placed => placed.Pod)];
                return all.Length <= node.Status.Allocatable["pods"].Value()
                    && Fits(all, node, "cpu")
                    && Fits(all, node, "memory");
            });
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void The_same_question_has_the_same_answer() =>
        Prop.ForAll(Clusters, static cluster => Answer(new CapacityPlanner(cluster).Place([])) == Answer(new CapacityPlanner(cluster).Place([])))
        .Check(Config.QuickThrowOnFailure.WithMaxTest(100));

    [Fact]
    public void Cancelled_plan_stops_and_progress_is_told()
    {
        var told = new List<PlanProgress>();
        using var source = new CancellationTokenSource();
        var progress = new Reporter(report =>
        {
            told.Add(report);
            source.Cancel();
        });
        var workload = new Deployment { Metadata = MetaOf("web"), Spec = new() { Replicas = 100, Template = TemplateOf(spec: SpecOf("1m", "1Mi")) } };
        Assert.Throws<OperationCanceledException>(() => new CapacityPlanner(TwoNodes).Place([workload], progress, source.Token));
        Assert.Equal([new(64, 100)], told);
    }

    private static LabelSelector Selector(string app) => new() { MatchLabels = StringMap.Of(("app", app)) };

    private static PlacementPlan Place(params IApiObject[] workloads) => new CapacityPlanner(TwoNodes).Place(workloads);

    private static string Answer(PlacementPlan plan) =>
        string.Join('\n', plan.Pods.Select(static pod => $"{pod.Source} {pod.Result}").Concat(plan.Utilization.SelectMany(static node => node.Resources.Select(resource => $"{node.NodeName} {resource}"))));

    // A node may have been over-committed before the plan; a pod that asks for nothing of a resource then still fits if it asks for nothing at all.
    private static bool Fits(Pod[] pods, Node node, string resource)
    {
        var requested = pods.Aggregate(default(Quantity), (sum, pod) => sum + pod.Spec.Containers[0].Resources.Requests[resource]);
        var before = pods.Where(static pod => pod.Spec.NodeName.Length > 0).Aggregate(default(Quantity), (sum, pod) => sum + pod.Spec.Containers[0].Resources.Requests[resource]);
        return requested <= node.Status.Allocatable[resource] || requested == before;
    }

    private sealed class Reporter(Action<PlanProgress> report) : IProgress<PlanProgress>
    {
        public void Report(PlanProgress value) => report(value);
    }

    [Fact]
    public void More_pods_than_a_plan_can_hold_are_refused()
    {
        var set = new ReplicaSet { Metadata = new() { Name = "all", Namespace = "d" }, Spec = new() { Replicas = 2_000_000_000 } };
        var exception = Assert.Throws<ArgumentException>(() => new CapacityPlanner(Cluster.Empty).Place([set]));
        Assert.Contains("2000000000 pods", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Workload_that_a_quota_on_its_kind_refuses_makes_no_pods()
    {
        var quota = new ResourceQuota { Metadata = MetaOf("q"), Spec = new() { Hard = StringMap.Of(("count/deployments.apps", Quantity.Parse("1"))) } };
        var plan = new CapacityPlanner(TwoNodes.Add(quota)).Place([Of("first"), Of("second")]);

        Assert.All(plan.Pods, static pod => Assert.Equal("Deployment shop/first", pod.Source));
        Assert.Equal(
            new("Deployment shop/second", 2, "deployments.apps \"second\" is forbidden: exceeded quota: q, requested: count/deployments.apps=1, used: count/deployments.apps=1, limited: count/deployments.apps=1"),
            Assert.Single(plan.NotCreated));

        static Deployment Of(string name) => new() { Metadata = MetaOf(name), Spec = new() { Replicas = 2, Template = TemplateOf(name) } };
    }

    [Fact]
    public void Workloads_of_the_cluster_are_completed_on_demand()
    {
        var cluster = TwoNodes.Add(new StatefulSet { Metadata = MetaOf("db"), Spec = new() { Replicas = 2, Selector = Selector("db"), Template = TemplateOf("db") } });

        Assert.Contains("StatefulSet shop/db (2)", Assert.Single(new CapacityPlanner(cluster).Place([]).Notices), StringComparison.Ordinal);
        Assert.Equal(["db-0", "db-1"], new CapacityPlanner(cluster, new() { CompletesWorkloads = true }).Place([]).Pods.Select(static pod => pod.Pod.Metadata.Name));
    }
}
