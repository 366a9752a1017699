using K124.Sim.Model;
using K124.Sim.Scheduling;
using K124.Sim.Scheduling.Configuration;

namespace K124.Sim.Tests.Scheduling;

using ControlPlane = K124.Sim.ControlPlane.ControlPlane;

/// <summary>Extenders filter, score, evict and bind as delegates.</summary>
public class ExtenderTests
{
    [Fact]
    public void An_extender_drops_and_prefers_nodes()
    {
        var scheduler = new Scheduler(Cluster.Of([Node("a"), Node("b"), Node("c")]), new()
        {
            Configuration = new()
            {
                Extenders =
                [
                    new()
                    {
                        UrlPrefix = "http://extender",
                        FilterVerb = "filter",
                        PrioritizeVerb = "prioritize",
                        Weight = 2,
                        Filter = static (_, nodes) => new() { NodeNames = [.. nodes.Select(static node => node.Metadata.Name).Where(static name => name != "a")], FailedNodes = StringMap.Of(("a", "no")) },
                        Prioritize = static (_, nodes) => [.. nodes.Select(static node => node.Metadata.Name == "c" ? 10L : 0)],
                    },
                ],
            },
        });
        var explanation = scheduler.Explain(Pod("p", 0));
        Assert.Equal(["c"], explanation.BestNodes.ToArray());
        Assert.Equal(["b", "c"], explanation.FeasibleNodes.Order().ToArray());
        Assert.Equal(200, explanation.Scores.Single(static score => score.NodeName == "c").Total - explanation.Scores.Single(static score => score.NodeName == "b").Total);
        Assert.Equal("c", scheduler.Schedule(Pod("p", 0)).NodeName);
    }

    [Fact]
    public void An_extender_has_the_last_word_on_whom_to_evict()
    {
        var preemption = Preempt(static candidates => new() { Nodes = [.. candidates.Where(static candidate => candidate.NodeName == "b").Select(static candidate => new ExtenderVictims("b", candidate.Victims))] });

        Assert.Equal("b", preemption.Nominated?.NodeName);
        Assert.Equal(["b"], preemption.Candidates.Select(static candidate => candidate.NodeName));
    }

    [Fact]
    public void An_extender_that_leaves_nothing_ends_preemption() =>
        Assert.Equal((PreemptionOutcome.NoCandidates, "preemption: "), Ending(Preempt(static _ => new())));

    [Theory]
    [InlineData(false, PreemptionOutcome.Error)]
    [InlineData(true, PreemptionOutcome.Nominated)]
    public void An_extender_that_fails_ends_preemption_unless_it_may_be_ignored(bool ignorable, PreemptionOutcome outcome) =>
        Assert.Equal(outcome, Preempt(static _ => new() { Error = "no answer" }, ignorable).Outcome);

    [Theory]
    [InlineData(false, PreemptionOutcome.Error)]
    [InlineData(true, PreemptionOutcome.NoCandidates)]
    public void A_node_without_victims_is_a_fault_or_is_dropped(bool ignorable, PreemptionOutcome outcome) =>
        Assert.Equal(outcome, Preempt(static _ => new() { Nodes = [new("a", [])] }, ignorable).Outcome);

    [Fact]
    public void Victims_that_are_not_on_the_node_are_a_fault() =>
        Assert.Equal(PreemptionOutcome.Error, Preempt(static candidates => new() { Nodes = [new("a", candidates.Single(static candidate => candidate.NodeName == "b").Victims)] }).Outcome);

    [Theory]
    [InlineData(null, "a")]
    [InlineData("quota of the vendor", "")]
    public void An_extender_binds_or_refuses(string? refusal, string node)
    {
        var plane = new ControlPlane(
            Cluster.Of([Node("a"), new Namespace { Metadata = new() { Name = "d" } }]),
            new() { Scheduler = With(new() { UrlPrefix = "x", BindVerb = "bind", Bind = (_, _) => refusal }) });
        plane.Create(Pod("p", 0));
        plane.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(node, plane.List<Pod>().Single().Spec.NodeName);
        Assert.Equal(refusal is not null, plane.Timeline.Any(static entry => entry.ToString().Contains("FailedScheduling Pod d/p: binding rejected: quota of the vendor", StringComparison.Ordinal)));
    }

    [Fact]
    public void Nobody_answering_is_an_error() =>
        Assert.Throws<ArgumentException>(static () => new Scheduler(Cluster.Empty, With(new() { UrlPrefix = "x", BindVerb = "bind" })));

    private static PreemptionResult Preempt(Func<IReadOnlyList<PreemptionCandidate>, ExtenderPreemptionResult> answer, bool ignorable = false)
    {
        var extender = new SchedulerExtender { UrlPrefix = "x", PreemptVerb = "preempt", Ignorable = ignorable, Preempt = (_, candidates) => answer(candidates) };
        var cluster = Cluster.Of([Node("a"), Node("b"), On("a", Pod("low-a", 0)), On("b", Pod("low-b", 0))]);
        return new Scheduler(cluster, With(extender)).Schedule(Pod("high", 10)).Preemption!;
    }

    private static (PreemptionOutcome Outcome, string Message) Ending(PreemptionResult result) => (result.Outcome, result.Message);

    private static SchedulerOptions With(SchedulerExtender extender) => new() { Configuration = new() { Extenders = [extender] } };

    private static Node Node(string name) => new()
    {
        Metadata = new() { Name = name },
        Status = new() { Allocatable = StringMap.Of(("cpu", Quantity.Parse("4")), ("pods", Quantity.Parse("9"))) },
    };

    private static Pod On(string node, Pod pod) => pod with { Spec = pod.Spec with { NodeName = node } };

    private static Pod Pod(string name, int priority) => new()
    {
        Metadata = new() { Name = name, Namespace = "d", Uid = name },
        Spec = new() { Priority = priority, Containers = [new() { Name = "c", Image = "i", Resources = new() { Requests = StringMap.Of(("cpu", Quantity.Parse("3"))) } }] },
    };
}
