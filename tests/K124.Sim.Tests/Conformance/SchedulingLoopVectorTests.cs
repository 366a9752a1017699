using System.Text.Json;
using K124.Sim.Conformance;
using K124.Sim.Conformance.Scheduler;
using K124.Sim.Model;
using K124.Sim.Scheduling;
using K124.Sim.Scheduling.Configuration;
using K124.Sim.Scheduling.Loop;

namespace K124.Sim.Tests.Conformance;

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
        var simulation = new SchedulingSimulation(cluster, new()
        {
            Scheduler = new()
            {
                Release = KubernetesRelease.Parse("1.24.4"),
                Configuration = WithoutPreemption,
                TieBreak = TieBreak.FirstByName,
                PercentageOfNodesToScore = recorded.GetProperty("config").GetProperty("percentageOfNodesToScore").GetInt32(),
            },
        });

        // Recorded after each node had been updated once: how many nodes have an image is noted for a node when it changes.
        foreach (var node in cluster.Nodes)
        {
            Assert.Null(simulation.Apply(node));
        }

        foreach (var (pod, placement) in recorded.GetProperty("podsToSchedule").EnumerateArray().Zip(recorded.GetProperty("expect").GetProperty("placements").EnumerateArray()))
        {
            var read = WithRuntimeClass(CaseReader.Read<Pod>(pod), simulation);
            Assert.Null(simulation.Apply(read));
            simulation.AdvanceTo(simulation.Now);
            var node = simulation.Find(ObjectKey.Of(read))!.Spec.NodeName;
            Assert.Equal(placement[1].GetString() ?? "", node);
            if (node.Length == 0)
            {
                // It was dropped, not tried again.
                simulation.Delete(ApiKind.Find("v1", "Pod")!, ObjectKey.Of(read));
            }
        }

        Assert.Equal(0, simulation.Queue.Count);
    }

    /// <summary>The API server takes a pod with an overhead only if it is that of its RuntimeClass.</summary>
    private static Pod WithRuntimeClass(Pod pod, SchedulingSimulation simulation)
    {
        if (pod.Spec.Overhead.Count == 0)
        {
            return pod;
        }

        var runtimeClass = new RuntimeClass { Metadata = new() { Name = pod.Metadata.Name }, Handler = "sandbox", Overhead = new() { PodFixed = pod.Spec.Overhead } };
        Assert.Null(simulation.Apply(runtimeClass));
        return pod with { Spec = pod.Spec with { RuntimeClassName = runtimeClass.Metadata.Name } };
    }
}
