using K124.Sim.Model;
using K124.Sim.Scheduling.Classes;
using K124.Sim.Scheduling.State;

namespace K124.Sim.Tests.Scheduling.Classes;

public sealed class ClassBudgetTests
{
    [Fact]
    public void The_classes_used_longest_ago_are_forgotten_first()
    {
        var budget = new ClassBudget();
        var state = new SchedulerState(Cluster.Empty, new());
        var classes = Enumerable.Range(0, 17).Select(_ => new PodClass(new(new Pod(), "", PodRequests.Of(new(), new(true)), new(0, "", StringMap<string>.Empty, false), [], null, null), 0)).ToArray();
        foreach (var podClass in classes[..16])
        {
            budget.Use(podClass, isNew: true, nodeCount: 100_000_000);
            podClass.Reset(state.Changes, state.Population);
        }

        budget.Use(classes[0], isNew: false, nodeCount: 100_000_000);
        Assert.All(classes[..16], static podClass => Assert.NotNull(podClass.Counters));
        budget.Use(classes[16], isNew: true, nodeCount: 100_000_000);
        Assert.Equal([1, 2, 3, 4], Enumerable.Range(0, 16).Where(i => classes[i].Counters is null));
    }
}
