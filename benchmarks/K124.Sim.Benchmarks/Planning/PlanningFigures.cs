using System.Diagnostics;
using System.Globalization;
using K124.Sim.Model;
using K124.Sim.Planning;
using K124.Sim.Planning.Failures;

namespace K124.Sim.Benchmarks.Planning;

/// <summary>How long the questions of planning take at 5,000 nodes and 150,000 pods.</summary>
internal static class PlanningFigures
{
    private const int Nodes = 5_000;
    private const int PodsPerNode = 30;
    private const int Shapes = 50;
    private const int Further = 10_000;

    public static int Write(TextWriter output, int nodes = Nodes)
    {
        output.WriteLine(FormattableString.Invariant($"{nodes:n0} nodes, {nodes * PodsPerNode:n0} pods"));
        var cluster = Time(output, "the cluster's objects made", null, () => PlanningCluster.Create(nodes, PodsPerNode));
        var planner = new CapacityPlanner(cluster);
        var probe = PlanningCluster.Shape(3);
        Time(output, "the first question: the cluster taken in", null, () => planner.Probe(probe));
        Time(output, "one more replica, warm", 0.001, () => planner.Probe(probe), repeats: 1_000);
        Pod[] shapes = [.. Enumerable.Range(0, Shapes).Select(PlanningCluster.Shape)];
        var headroom = Time(output, "headroom for 50 shapes", 0.2, () => planner.Headroom(shapes));
        output.WriteLine(FormattableString.Invariant($"    {headroom.Shapes.Sum(static shape => shape.Units):n0} units in all"));
        Time(output, "fragmentation, 50 shapes", null, () => planner.Fragmentation(shapes));
        Pod[] further = [.. Enumerable.Range(0, nodes * Further / Nodes).Select(PlanningCluster.Further)];
        var grow = Time(output, "grow for 10,000 further pods of 50 shapes, with certificate", 2, () => planner.Grow(new() { Templates = [PlanningCluster.Template], Workloads = [.. further] }));
        var option = grow.Answers[0].Options[0];
        output.WriteLine(FormattableString.Invariant($"    first {option.FirstNodes}, stable from {option.StableFrom}, bound {option.Bound.Bound}, best packing {option.BestPacking}, {option.Steps.Length} numbers tried"));
        Time(output, "the certificate verified", null, () => option.Bound.Verify());
        var survive = Time(output, "survive any single node", 5, () => planner.Survive());
        output.WriteLine(FormattableString.Invariant($"    {survive.Failures.Length:n0} losses, {survive.Failures.Count(static failure => !failure.Survives):n0} not survived"));
        var zones = Time(output, "survive any zone", 1, () => planner.Survive(new() { Scope = FailureScope.Domain }));
        output.WriteLine(FormattableString.Invariant($"    {zones.Failures.Length} zones, {zones.Failures[0].Pending:n0} pods pending after the worst"));
        var shrink = Time(output, "shrink to the end", 10, () => planner.Shrink());
        output.WriteLine(FormattableString.Invariant($"    {shrink.Steps.Length:n0} nodes go, {shrink.Bound.Bound:n0} have to stay"));
        return 0;
    }

    private static T Time<T>(TextWriter output, string what, double? wanted, Func<T> question, int repeats = 1)
    {
        var result = question();
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < repeats; i++)
        {
            result = question();
        }

        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds / repeats;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: {seconds * 1000:n2} ms{(wanted is { } most ? $" (at most {most * 1000:n0} ms wanted{(seconds > most ? ", MISSED" : "")})" : "")}"));
        return result;
    }
}
