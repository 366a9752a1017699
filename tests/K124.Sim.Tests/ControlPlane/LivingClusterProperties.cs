using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using K124.Sim.ControlPlane;
using K124.Sim.Model;

namespace K124.Sim.Tests.ControlPlane;

using ControlPlane = K124.Sim.ControlPlane.ControlPlane;

/// <summary>Random lives of a small cluster: whatever users do, and in whatever order components work.</summary>
public class LivingClusterProperties
{
    public enum Deed
    {
        CreatePod,
        DeletePod,
        CreateJob,
        DeleteJob,
        ApplyDeployment,
        ScaleDeployment,
        Cordon,
        Uncordon,
        Wait,
        Fork,
    }

    [Property(MaxTest = 60, Arbitrary = [typeof(Lives)])]
    public void Nothing_is_bound_twice_or_over_capacity(Life life)
    {
        var plane = Run(life);

        foreach (var onNode in plane.List<Pod>().Where(static pod => pod.Spec.NodeName.Length > 0 && pod.Status.Phase is not ("Succeeded" or "Failed")).GroupBy(static pod => pod.Spec.NodeName))
        {
            Assert.True(onNode.Sum(MilliCpu) <= 4000, $"{onNode.Key} carries {onNode.Sum(MilliCpu)}m");
        }

        Assert.All(
            plane.Timeline.Where(static entry => entry is { Subresource: "binding", Refusal: null }).GroupBy(static entry => entry.Key),
            bindings => Assert.True(bindings.Count() <= plane.Timeline.Count(entry => entry is { Verb: "create", Kind: "Pod", Subresource: "", Refusal: null } && entry.Key == bindings.Key)));
    }

    [Property(MaxTest = 60, Arbitrary = [typeof(Lives)])]
    public void At_the_end_workloads_have_what_they_want_or_pods_that_wait(Life life)
    {
        var plane = Run(life);

        foreach (var deployment in plane.List<Deployment>())
        {
            var pods = plane.List<Pod>().Count(pod => pod.Metadata.Name.StartsWith(deployment.Metadata.Name + "-", StringComparison.Ordinal) && pod.Metadata.OwnerReferences.Any(static owner => owner.Kind == "ReplicaSet"));
            Assert.Equal(deployment.Spec.Replicas, pods);
        }

        foreach (var job in plane.List<Job>().Where(static job => job.Metadata.DeletionTimestamp is null))
        {
            var waits = plane.List<Pod>().Any(pod => pod.Spec.NodeName.Length == 0 && pod.Metadata.OwnerReferences.Any(owner => owner.Uid == job.Metadata.Uid));
            Assert.True(waits || job.Status.Succeeded == job.Spec.Completions, $"{job.Metadata.Name}: {job.Status.Succeeded} of {job.Spec.Completions}");
        }
    }

    [Property(MaxTest = 40, Arbitrary = [typeof(Lives)])]
    public void The_same_life_gives_the_same_history(Life life)
    {
        var first = Run(life).Timeline.Select(static entry => entry.ToString());
        var second = Run(life).Timeline.Select(static entry => entry.ToString());

        Assert.Equal(first, second);
    }

    [Property(MaxTest = 40, Arbitrary = [typeof(Lives)])]
    public void Versions_rise_and_uids_are_never_given_twice(Life life)
    {
        var plane = Run(life);

        Assert.Equal(plane.Timeline.Select(static entry => entry.Revision).Order(), plane.Timeline.Select(static entry => entry.Revision));
        var uids = plane.ToCluster().Objects.Select(static item => item.Metadata.Uid).ToArray();
        Assert.Equal(uids.Length, uids.Distinct().Count());
    }

    private static ControlPlane Run(Life life)
    {
        var plane = new ControlPlane(LivingCluster.Of(nodes: 3), new() { Profile = new() { Seed = life.Seed }, Order = life.Seed % 2 == 0 ? WorkOrder.Seeded : WorkOrder.InOrder });
        foreach (var (deed, number) in life.Deeds)
        {
            plane = Do(plane, deed, number);
        }

        Assert.True(plane.RunUntilQuiet(TimeSpan.FromHours(1)));
        return plane;
    }

    private static ControlPlane Do(ControlPlane plane, Deed deed, int number)
    {
        var node = $"n{number % 3}";
        switch (deed)
        {
            case Deed.CreatePod:
                plane.Create(LivingCluster.Pod($"p{number}", 300 * ((number % 5) + 1)));
                break;
            case Deed.DeletePod:
                plane.Delete<Pod>(new("default", $"p{number}"));
                break;
            case Deed.CreateJob:
                plane.Create(LivingCluster.Job($"j{number}", (number % 5) + 1, (number % 3) + 1));
                break;
            case Deed.DeleteJob:
                plane.Delete<Job>(new("default", $"j{number}"), new() { PropagationPolicy = "Background" });
                break;
            case Deed.ApplyDeployment:
                plane.Apply(LivingCluster.Deployment($"d{number % 2}", number % 6));
                break;
            case Deed.ScaleDeployment:
                plane.Do(new UserAction.Scale(ApiKind.Of<Deployment>(), new("default", $"d{number % 2}"), number % 8));
                break;
            case Deed.Cordon:
                plane.Do(new UserAction.Cordon(node));
                break;
            case Deed.Uncordon:
                plane.Do(new UserAction.Uncordon(node));
                break;
            case Deed.Wait:
                plane.Advance(TimeSpan.FromMilliseconds(400 * number));
                break;
            default:
                var fork = plane.Fork();
                plane.RunUntilQuiet();
                return fork;
        }

        return plane;
    }

    private static long MilliCpu(Pod pod) => pod.Spec.Containers.Sum(static container =>
        container.Resources.Requests.TryGetValue("cpu", out var cpu) ? long.Parse(cpu.ToString().TrimEnd('m'), System.Globalization.CultureInfo.InvariantCulture) * (cpu.ToString().EndsWith('m') ? 1 : 1000) : 0);

    public sealed record Life(ulong Seed, (Deed Deed, int Number)[] Deeds)
    {
        public override string ToString() => $"seed {Seed}: {string.Join(", ", Deeds.Select(static step => $"{step.Deed} {step.Number}"))}";
    }

    public static class Lives
    {
        public static Arbitrary<Life> Arbitrary() => Arb.From(
            from seed in Gen.Choose(1, 1000)
            from deeds in (from deed in Gen.Elements(Enum.GetValues<Deed>())
                           from number in Gen.Choose(0, 9)
                           select (deed, number)).ListOf()
            select new Life((ulong)seed, [.. deeds.Take(25)]),
            static life => Shrinking.DropChunks(life.Deeds).Select(deeds => life with { Deeds = deeds }));
    }
}
