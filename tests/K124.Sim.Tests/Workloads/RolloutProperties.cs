using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using K124.Sim.ControlPlane;
using K124.Sim.Model;
using K124.Sim.Pods;
using K124.Sim.Tests.ControlPlane;

namespace K124.Sim.Tests.Workloads;

using ControlPlane = K124.Sim.ControlPlane.ControlPlane;

/// <summary>What holds in every rollout, whatever its size and in whatever order components work.</summary>
public class RolloutProperties
{
    private static readonly ObjectKey Web = new("default", "web");

    [Property(MaxTest = 60, Arbitrary = [typeof(Rollouts)])]
    public void Surge_and_unavailability_hold_at_every_instant(Rollout rollout)
    {
        var plane = rollout.Start();
        plane.Apply(rollout.Deployment("app:2"));

        while (plane.Step())
        {
            // 1.24 promises of what the sets are told to have; pods that are terminating are no part of it.
            var sets = plane.List<ReplicaSet>().ToArray();
            Assert.True(sets.Sum(static set => set.Spec.Replicas ?? 1) <= rollout.Replicas + rollout.Surge, rollout.ToString());
            var available = plane.List<Pod>().Count(static pod => pod.Metadata.DeletionTimestamp is null && PodPredicates.IsReady(pod));
            Assert.True(available >= rollout.Replicas - rollout.Unavailable, rollout.ToString());
            if (IsOver(plane))
            {
                return;
            }
        }
    }

    [Property(MaxTest = 60, Arbitrary = [typeof(Rollouts)])]
    public void At_the_end_the_status_says_what_the_spec_wants(Rollout rollout)
    {
        var plane = rollout.Start();
        plane.Apply(rollout.Deployment("app:2"));
        Assert.True(plane.RunUntilQuiet());

        var (spec, status) = (plane.Get<Deployment>(Web)!.Spec, plane.Get<Deployment>(Web)!.Status);
        Assert.Equal((spec.Replicas, spec.Replicas, spec.Replicas), (status.Replicas, status.UpdatedReplicas, status.AvailableReplicas));
        Assert.All(plane.List<Pod>(), static pod => Assert.Equal("app:2", pod.Spec.Containers[0].Image));
    }

    [Property(MaxTest = 30, Arbitrary = [typeof(Rollouts)])]
    public void A_rollback_finds_the_revision_and_its_pods_again(Rollout rollout)
    {
        var plane = rollout.Start();
        var hash = Hash(plane);
        plane.Apply(rollout.Deployment("app:2"));
        plane.RunUntilQuiet();
        Assert.NotEqual(hash, Hash(plane));

        plane.Apply(rollout.Deployment("app:1"));
        plane.RunUntilQuiet();

        Assert.Equal(hash, Hash(plane));
        Assert.Equal("3", plane.Get<Deployment>(Web)!.Metadata.Annotations["deployment.kubernetes.io/revision"]);
    }

    [Property(MaxTest = 30, Arbitrary = [typeof(Rollouts)])]
    public void Background_deletion_leaves_nothing_and_orphaning_loses_nothing(Rollout rollout)
    {
        var deleted = rollout.Start();
        var orphaned = deleted.Fork();
        deleted.Delete<Deployment>(Web, new() { PropagationPolicy = "Background" });
        orphaned.Delete<Deployment>(Web, new() { PropagationPolicy = "Orphan" });
        Assert.True(deleted.RunUntilQuiet());
        Assert.True(orphaned.RunUntilQuiet());

        Assert.Empty(deleted.List<Pod>());
        Assert.Empty(deleted.List<ReplicaSet>());
        Assert.Equal(rollout.Replicas, orphaned.List<Pod>().Count());
        Assert.Empty(orphaned.List<ReplicaSet>().Single().Metadata.OwnerReferences);
    }

    [Property(MaxTest = 30, Arbitrary = [typeof(Rollouts)])]
    public void Loss_and_return_of_a_node_come_to_the_same_counts(Rollout rollout)
    {
        var plane = rollout.Start();
        plane.Do(new UserAction.LoseNode("n1"));
        plane.Advance(TimeSpan.FromMinutes((double)rollout.Seed % 12));
        plane.Do(new UserAction.RecoverNode("n1"));
        Assert.True(plane.RunUntilQuiet());

        Assert.Equal(rollout.Replicas, plane.List<Pod>().Count());
        Assert.Equal(rollout.Replicas, plane.Get<Deployment>(Web)!.Status.AvailableReplicas);
        Assert.Empty(plane.Get<Node>(new("", "n1"))!.Spec.Taints);
    }

    [Fact]
    public void An_ordered_StatefulSet_never_has_a_pod_before_the_one_below_is_ready()
    {
        var plane = new ControlPlane(LivingCluster.Of(nodes: 3), new() { Kubelet = new() { Plan = static _ => new() { ReadyAfter = TimeSpan.FromSeconds(3) } } });
        plane.Apply(new StatefulSet
        {
            Metadata = new() { Name = "db", Namespace = "default" },
            Spec = new()
            {
                Replicas = 4,
                ServiceName = "db",
                Selector = new() { MatchLabels = StringMap.Of(("app", "db")) },
                Template = LivingCluster.Deployment("db", 1).Spec.Template,
            },
        });

        while (plane.Step())
        {
            var pods = plane.List<Pod>().OrderBy(static pod => pod.Metadata.Name, StringComparer.Ordinal).ToArray();
            Assert.Equal(Enumerable.Range(0, pods.Length).Select(static i => $"db-{i}"), pods.Select(static pod => pod.Metadata.Name));
            Assert.All(pods.SkipLast(1), static pod => Assert.True(PodPredicates.IsReady(pod)));
            if (pods.Length == 4 && pods.All(PodPredicates.IsReady))
            {
                break;
            }
        }

        Assert.True(plane.RunUntilQuiet());
        Assert.Equal(4, plane.Get<StatefulSet>(new("default", "db"))!.Status.ReadyReplicas);
    }

    [Fact]
    public void A_DaemonSet_has_one_pod_on_each_node_that_should_have_one()
    {
        var plane = new ControlPlane(LivingCluster.Of(nodes: 3));
        plane.Apply(new DaemonSet
        {
            Metadata = new() { Name = "agent", Namespace = "default" },
            Spec = new() { Selector = new() { MatchLabels = StringMap.Of(("app", "agent")) }, Template = LivingCluster.Deployment("agent", 1).Spec.Template },
        });
        plane.RunUntilQuiet();
        plane.Create(LivingCluster.Node("n3"));
        plane.Delete<Node>(new("", "n0"));
        plane.Do(new UserAction.Cordon("n1"));
        Assert.True(plane.RunUntilQuiet());

        Assert.Equal(["n1", "n2", "n3"], plane.List<Pod>().Select(static pod => pod.Spec.NodeName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void After_the_last_change_writes_end()
    {
        var plane = new ControlPlane(LivingCluster.Of(nodes: 3));
        plane.Apply(LivingCluster.Deployment("web", 5));
        plane.RunUntilQuiet();
        var revision = plane.Revision;

        plane.Advance(TimeSpan.FromHours(3));

        Assert.Equal(revision, plane.Revision);
    }

    private static bool IsOver(ControlPlane plane) => plane.Get<Deployment>(Web) is { } item
        && item.Status.ObservedGeneration == item.Metadata.Generation && item.Status.UpdatedReplicas == item.Spec.Replicas
        && item.Status.AvailableReplicas == item.Spec.Replicas && item.Status.Replicas == item.Spec.Replicas;

    private static string Hash(ControlPlane plane) => plane.List<Pod>().Select(static pod => pod.Metadata.Labels["pod-template-hash"]).Distinct().Single();

    public sealed record Rollout(int Replicas, int Surge, int Unavailable, int ReadySeconds, ulong Seed)
    {
        public ControlPlane Start()
        {
            var plane = new ControlPlane(
                LivingCluster.Of(nodes: 3),
                new()
                {
                    Profile = new() { Seed = Seed },
                    Order = Seed % 2 == 0 ? WorkOrder.Seeded : WorkOrder.InOrder,
                    Kubelet = new() { Plan = _ => new() { ReadyAfter = TimeSpan.FromSeconds(ReadySeconds) } },
                });
            plane.Apply(Deployment("app:1"));
            Assert.True(plane.RunUntilQuiet());
            return plane;
        }

        public Deployment Deployment(string image)
        {
            var deployment = LivingCluster.Deployment("web", Replicas);
            var spec = deployment.Spec.Template.Spec;
            return deployment with
            {
                Spec = deployment.Spec with
                {
                    Strategy = new() { Type = "RollingUpdate", RollingUpdate = new() { MaxSurge = new IntOrString(Surge), MaxUnavailable = new IntOrString(Unavailable) } },
                    Template = deployment.Spec.Template with { Spec = spec with { Containers = [spec.Containers[0] with { Image = image }] } },
                },
            };
        }
    }

    public static class Rollouts
    {
        public static Arbitrary<Rollout> Arbitrary() => Arb.From(
            from replicas in Gen.Choose(1, 20)
            from surge in Gen.Choose(0, 5)
            from unavailable in Gen.Choose(surge == 0 ? 1 : 0, 5)
            from ready in Gen.Choose(0, 4)
            from seed in Gen.Choose(1, 1000)
            select new Rollout(replicas, surge, unavailable, ready, (ulong)seed));
    }
}
