using System.Text.Json;
using K124.Sim.Conformance;
using K124.Sim.Conformance.Scheduler;
using K124.Sim.Model;
using K124.Sim.Scheduling;
using K124.Sim.Scheduling.Configuration;
using K124.Sim.Tests.ControlPlane;

namespace K124.Sim.Tests.Conformance;

using ControlPlane = K124.Sim.ControlPlane.ControlPlane;

/// <summary>The recorded sequences once more, through the whole loop: queue, cycle, binding and watch.</summary>
public class SchedulingLoopVectorTests
{
    private static readonly SchedulerConfiguration WithoutPreemption = new()
    {
        Profiles = [SchedulerProfile.Default with { Plugins = SchedulerProfile.Default.Plugins with { PostFilter = [] } }],
    };

    public static IEnumerable<object[]> Sequences() => VectorFiles.All("scheduler").Where(static item => item.File.StartsWith("seq-", StringComparison.Ordinal)).Select(static item => new object[] { item.File });

    [Theory]
    [MemberData(nameof(Sequences))]
    public void Every_pod_is_bound_where_it_was_recorded(string file)
    {
        using var document = JsonDocument.Parse(VectorFiles.All("scheduler").Single(item => item.File == file).Text);
        var recorded = document.RootElement;
        var cluster = SchedulerCases.ReadCluster(recorded.GetProperty("cluster"));
        var plane = new ControlPlane(cluster, LoopCluster.Options(new()
        {
            Release = KubernetesRelease.Parse("1.24.4"),
            Configuration = WithoutPreemption,
            TieBreak = TieBreak.FirstByName,
            PercentageOfNodesToScore = recorded.GetProperty("config").GetProperty("percentageOfNodesToScore").GetInt32(),
        }) with
        { Off = LoopCluster.Controllers });
        plane.Settle();

        // Recorded after each node had been updated once: how many nodes have an image is noted for a node when it changes.
        foreach (var node in plane.List<Node>().ToArray())
        {
            Assert.Null(plane.Update(node with { Metadata = node.Metadata with { Annotations = StringMap.Of(("updated", "once")) } }).Status);
        }

        foreach (var (pod, placement) in recorded.GetProperty("podsToSchedule").EnumerateArray().Zip(recorded.GetProperty("expect").GetProperty("placements").EnumerateArray()))
        {
            var read = WithRuntimeClass(CaseReader.Read<Pod>(pod), plane);
            Assert.Null(plane.Create(read).Status);
            plane.Settle();
            var node = plane.Get<Pod>(ObjectKey.Of(read))!.Spec.NodeName;
            Assert.Equal(placement[1].GetString() ?? "", node);
            if (node.Length == 0)
            {
                // It was dropped, not tried again.
                plane.Delete<Pod>(ObjectKey.Of(read));
            }
        }

        plane.Settle();
        Assert.Equal(0, plane.Loop().Queue.Count);
    }

    /// <summary>The API server takes a pod with an overhead only if it is that of its RuntimeClass.</summary>
    private static Pod WithRuntimeClass(Pod pod, ControlPlane plane)
    {
        if (pod.Spec.Overhead.Count == 0)
        {
            return pod;
        }

        var runtimeClass = new RuntimeClass { Metadata = new() { Name = pod.Metadata.Name }, Handler = "sandbox", Overhead = new() { PodFixed = pod.Spec.Overhead } };
        Assert.Null(plane.Create(runtimeClass).Status);
        return pod with { Spec = pod.Spec with { RuntimeClassName = runtimeClass.Metadata.Name } };
    }
}
