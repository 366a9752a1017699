using FsCheck;
using FsCheck.Xunit;
using K124.Sim.Model;
using K124.Sim.Scheduling;
using K124.Sim.Storage.Binding;

namespace K124.Sim.Tests.Storage.Binding;

public sealed class VolumeBinderProperties
{
    [Property(MaxTest = 300, QuietOnSuccess = true)]
    public void Scheduler_equals_the_reference_through_any_sequence(DoNotSize<int> seed) => new VolumeWorldRun(seed.Item).Steps(60);

    [Property(MaxTest = 200, QuietOnSuccess = true)]
    public void Forks_equal_the_reference_whatever_becomes_of_the_scheduler_that_they_were_made_from(DoNotSize<int> seed) =>
        new VolumeWorldRun(seed.Item).Steps(60, forks: true);

    [Fact]
    public void Sequences_reach_every_kind_of_verdict()
    {
        var seen = new SortedDictionary<string, int>(StringComparer.Ordinal);
        for (var seed = 0; seed < 150; seed++)
        {
            var run = new VolumeWorldRun(seed);
            run.Steps(60);
            foreach (var (what, count) in run.Seen)
            {
                seen[what] = seen.GetValueOrDefault(what) + count;
            }
        }

        Assert.All(
            ["filtered", "rejected", "static", "provision", "neither", "NodeVolumeLimits: node(s) exceed max volume count",
                "VolumeBinding: node(s) did not have enough free storage", "VolumeBinding: node(s) didn't find available persistent volumes to bind",
                "VolumeBinding: node(s) had volume node affinity conflict", "VolumeBinding: node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s)"],
            what => Assert.True(seen.GetValueOrDefault(what) > 10, $"{what}: {seen.GetValueOrDefault(what)}"));
    }

    [Property(MaxTest = 100, QuietOnSuccess = true)]
    public void After_forgetting_every_pod_nothing_is_assumed(DoNotSize<int> seed)
    {
        var run = new VolumeWorldRun(seed.Item);
        run.Steps(40);
        foreach (var (pod, _) in run.Reference.Pods.Values.ToList())
        {
            run.Scheduler.Forget(ObjectKey.Of(pod));
        }

        Assert.Empty(run.Scheduler.Volumes.AssumedVolumes);
        Assert.Empty(run.Scheduler.Volumes.AssumedClaims);
    }

    [Property(MaxTest = 100, QuietOnSuccess = true)]
    public void Rolling_back_to_a_checkpoint_restores_volumes(DoNotSize<int> seed)
    {
        var run = new VolumeWorldRun(seed.Item);
        run.Steps(20);
        var pods = run.Reference.Pods.Values.Select(static placed => placed.Pod).ToList();
        var before = Picture(run.Scheduler, pods);
        using (var checkpoint = run.Scheduler.Checkpoint())
        {
            run.Steps(25);
            run.Scheduler.Rollback(checkpoint);
        }

        Assert.Equal(before, Picture(run.Scheduler, pods));
    }

    [Property(MaxTest = 100, QuietOnSuccess = true)]
    public void Filling_a_cluster_never_exceeds_a_limit(DoNotSize<int> seed)
    {
        var dice = new VolumeDice(seed.Item);
        var nodes = 1 + dice.Below(4);
        var cluster = Cluster.Of(dice.Fixed(nodes));
        var pods = Enumerable.Range(0, 25).Select(i => dice.Pod(i, [])).ToList();
        var scheduler = new Scheduler(cluster.Add(pods.SelectMany(dice.ClaimsOf)).Add(Enumerable.Range(0, 4).Select(i => dice.Capacity(i, nodes))));
        var placed = pods.Select(pod => (Pod: pod, Node: scheduler.Place(pod).NodeName)).Where(static placed => placed.Node is not null).ToList();
        foreach (var csiNode in cluster.CSINodes)
        {
            foreach (var driver in csiNode.Spec.Drivers.Where(static driver => driver.Allocatable?.Count is not null))
            {
                var provisioned = placed.Where(placed => placed.Node == csiNode.Metadata.Name)
                    .SelectMany(placed => scheduler.ReservedVolumes(ObjectKey.Of(placed.Pod))?.DynamicProvisions ?? [])
                    .Count(claim => cluster.StorageClasses[new("", claim.Spec.StorageClassName!)].Provisioner == driver.Name);
                Assert.InRange(provisioned, 0, driver.Allocatable!.Count!.Value);
            }
        }
    }

    [Property(MaxTest = 100, QuietOnSuccess = true)]
    public void Consumed_capacity_is_never_more_than_published_and_comes_back(DoNotSize<int> seed)
    {
        var dice = new VolumeDice(seed.Item);
        var nodes = 1 + dice.Below(4);
        var pods = Enumerable.Range(0, 25).Select(i => dice.Pod(i, [])).ToList();
        var capacities = Enumerable.Range(0, 3).Select(i => dice.Capacity(i, nodes) with { StorageClassName = "dyn", MaximumVolumeSize = null }).ToList();
        var cluster = Cluster.Of(dice.Fixed(nodes)).Add(capacities).Add(pods.SelectMany(dice.ClaimsOf));
        var scheduler = new Scheduler(cluster, new() { ConsumesStorageCapacity = true, TieBreak = TieBreak.FirstByName });
        var first = Fill(scheduler, pods);
        var taken = pods.SelectMany(pod => scheduler.ReservedVolumes(ObjectKey.Of(pod))?.DynamicProvisions ?? [])
            .Where(static claim => claim.Spec.StorageClassName == "dyn")
            .Sum(static claim => claim.Spec.Resources.Requests.TryGetValue("storage", out var size) ? size.Value() : 0);
        Assert.InRange(taken, 0, capacities.Sum(static capacity => capacity.Capacity?.Value() ?? 0));
        foreach (var pod in pods.Where(pod => first[pod.Metadata.Name] is not null))
        {
            scheduler.Forget(ObjectKey.Of(pod));
        }

        Assert.Equal(first, Fill(scheduler, pods));
        foreach (var pod in pods.Where(pod => first[pod.Metadata.Name] is not null))
        {
            scheduler.Forget(ObjectKey.Of(pod));
        }

        using var checkpoint = scheduler.Checkpoint();
        var second = Fill(scheduler, pods);
        scheduler.Rollback(checkpoint);
        Assert.Equal(second, Fill(scheduler, pods));
    }

    [Fact]
    public void Binding_waits_until_the_api_shows_what_was_written()
    {
        var dice = new VolumeDice(1);
        var volume = new PersistentVolume
        {
            Metadata = dice.Meta("pv"),
            Spec = new() { StorageClassName = "local", Capacity = StringMap.Of(("storage", Quantity.Parse("1Gi"))) },
            Status = new() { Phase = "Available" },
        };
        var claim = new PersistentVolumeClaim { Metadata = dice.Meta("c", isNamespaced: true), Spec = new() { StorageClassName = "local" } };
        var pod = new Pod { Metadata = new() { Name = "p", Namespace = "default" }, Spec = new() { Volumes = [new() { Name = "v", PersistentVolumeClaim = new() { ClaimName = "c" } }] } };
        var binder = new VolumeBinder(Cluster.Of([.. dice.Fixed(1), volume, claim]));
        var claims = binder.GetPodVolumes(pod);
        var reserved = binder.AssumePodVolumes(claims, "n0", binder.FindPodVolumes(claims, "n0").Volumes);
        PersistentVolume? stored = null;
        var attempt = binder.BindPodVolumes(ObjectKey.Of(pod), "n0", reserved.Volumes, item =>
        {
            stored = (PersistentVolume)item with { Metadata = item.Metadata with { ResourceVersion = "900" } };
            return VolumeWrite.Succeeded(stored);
        });
        Assert.Equal(VolumeBindingState.Waiting, binder.CheckBindings(attempt));
        binder.Apply(stored!);
        Assert.Equal(VolumeBindingState.Waiting, binder.CheckBindings(attempt));
        binder.Apply(claim with
        {
            Metadata = claim.Metadata with { ResourceVersion = "901", Annotations = StringMap.Of(("pv.kubernetes.io/bind-completed", "yes")) },
            Spec = claim.Spec with { VolumeName = "pv" },
        });
        Assert.True(binder.CheckBindings(attempt).IsComplete);
        Assert.Equal("pod does not exist any more: pod \"p\" not found", binder.CheckBindings(attempt, podExists: false).Error);
    }

    private static SortedDictionary<string, string?> Fill(Scheduler scheduler, List<Pod> pods)
    {
        var placed = new SortedDictionary<string, string?>(StringComparer.Ordinal);
        foreach (var pod in pods)
        {
            placed.Add(pod.Metadata.Name, scheduler.Place(pod).NodeName);
        }

        return placed;
    }

    [Property(MaxTest = 100, QuietOnSuccess = true)]
    public void Objects_of_other_classes_change_no_decision(DoNotSize<int> seed)
    {
        var dice = new VolumeDice(seed.Item);
        var nodes = 1 + dice.Below(4);
        var cluster = Cluster.Of(dice.Fixed(nodes));
        var pod = dice.Pod(1, []);
        cluster = cluster.Add(dice.ClaimsOf(pod).Select(claim => claim with { Spec = claim.Spec with { StorageClassName = dice.Of(["local", "dyn"]) } }));
        cluster = cluster.Add(Enumerable.Range(0, 8).Select(i => dice.Volume(i, nodes, [])));
        var other = cluster.Add(Enumerable.Range(100, 8).Select(i =>
        {
            var volume = dice.Volume(i, nodes, []);
            return volume with { Spec = volume.Spec with { StorageClassName = "plain" } };
        })).Add(Enumerable.Range(100, 8).Select(i => dice.Capacity(i, nodes) with { StorageClassName = "plain" }));
        Assert.Equal(Findings(cluster, pod), Findings(other, pod));
    }

    [Property(MaxTest = 100, QuietOnSuccess = true)]
    public void More_capacity_and_smaller_requests_never_take_a_node_away(DoNotSize<int> seed)
    {
        var dice = new VolumeDice(seed.Item);
        var nodes = 1 + dice.Below(4);
        var capacities = Enumerable.Range(0, 6).Select(i => dice.Capacity(i, nodes)).ToList();
        var cluster = Cluster.Of(dice.Fixed(nodes));
        PersistentVolumeClaim Claim(string size) => new()
        {
            Metadata = new() { Name = "c", Namespace = "default", Uid = "c" },
            Spec = new() { StorageClassName = "dyn", AccessModes = ["ReadWriteOnce"], Resources = new() { Requests = StringMap.Of(("storage", Quantity.Parse(size))) } },
        };
        var pod = new Pod { Metadata = new() { Name = "p", Namespace = "default" }, Spec = new() { Volumes = [new() { Name = "v", PersistentVolumeClaim = new() { ClaimName = "c" } }] } };
        var fitting = Fitting(cluster.Add(capacities).Add(Claim("3Gi")), pod);
        Assert.Subset(Fitting(cluster.Add(capacities).Add(Claim("2Gi")), pod), fitting);
        var larger = capacities.Select(static capacity => capacity with
        {
            Capacity = capacity.Capacity is { } size ? size + Quantity.Parse("1Gi") : null,
            MaximumVolumeSize = capacity.MaximumVolumeSize is { } most ? most + Quantity.Parse("1Gi") : null,
        });
        Assert.Subset(Fitting(cluster.Add(larger).Add(Claim("3Gi")), pod), fitting);
    }

    private static HashSet<string> Fitting(Cluster cluster, Pod pod)
    {
        var binder = new VolumeBinder(cluster);
        var claims = binder.GetPodVolumes(pod);
        return [.. cluster.Nodes.Select(static node => node.Metadata.Name).Where(node => binder.FindPodVolumes(claims, node).Fits)];
    }

    private static List<string> Findings(Cluster cluster, Pod pod)
    {
        var binder = new VolumeBinder(cluster);
        var claims = binder.GetPodVolumes(pod);
        return
        [
            claims.Rejection ?? "",
            .. cluster.Nodes.Select(static node => node.Metadata.Name).Select(node => Text(binder.FindPodVolumes(claims, node))),
        ];
    }

    private static string Text(VolumeFinding finding) => string.Join(
        ", ",
        [
            .. finding.Volumes.StaticBindings.Select(static binding => $"{binding.Claim.Metadata.Name}={binding.Volume.Metadata.Name}"),
            .. finding.Volumes.DynamicProvisions.Select(static claim => claim.Metadata.Name),
            .. finding.Reasons,
        ]);

    private static List<string> Picture(Scheduler scheduler, List<Pod> pods) =>
    [
        .. scheduler.Volumes.AssumedVolumes.Select(static volume => volume.ToString()),
        .. scheduler.Volumes.AssumedClaims.Select(static claim => claim.ToString()),
        .. pods.Select(pod => $"{pod.Metadata.Name}: {scheduler.ReservedVolumes(ObjectKey.Of(pod)) is not null}"),
        .. pods.Select(pod =>
        {
            var twin = pod with { Metadata = pod.Metadata with { Name = pod.Metadata.Name + "-twin" } };
            return string.Join("; ", scheduler.Explain(twin).NodeStatuses);
        }),
    ];
}
