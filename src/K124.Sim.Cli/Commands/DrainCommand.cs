using System.CommandLine;
using System.Text.Json;
using K124.Sim.Cli.Output;
using K124.Sim.Planning;
using K124.Sim.Reports;
using K124.Sim.Scheduling;

namespace K124.Sim.Cli.Commands;

/// <summary><c>k124 drain</c>: whether the pods of a node find room elsewhere.</summary>
internal sealed class DrainCommand : SchedulingCommand<DrainCommand.Question, DrainPlan>
{
    private readonly Option<string> _node = new Option<string>("--node")
    {
        Description = "Name of the node to drain.",
        HelpName = "NAME",
        Required = true,
    }.RefusingOptions();

    private readonly Option<bool> _force = new("--force")
    {
        Description = "Go on if pods that no controller makes anew are lost.",
    };

    public DrainCommand(Terminal terminal, CancellationToken cancellationToken)
        : base(
            terminal,
            "drain",
            "What becomes of the pods of a node that is drained: evicted as budgets allow, made anew by their controllers, placed again or not.",
            [
                "kubectl get nodes,pods,namespaces,pdb,rs,sts,ds -A -o json > cluster.json",
                "k124 drain --cluster cluster.json --node worker-3",
            ],
            cancellationToken)
    {
        AddOptions(_node, _force);
    }

    protected override Question? Read(ParseResult parse, Inputs inputs, Cluster cluster) => new(parse.GetRequiredValue(_node), parse.GetValue(_force));

    protected override DrainPlan Answer(Question question, Cluster cluster, SchedulerOptions options, StatusLine status) =>
        new CapacityPlanner(cluster, new() { Scheduler = options }).Drain(question.Node, question.Force, CancellationToken);

    protected override int Write(Question question, DrainPlan plan, KubernetesRelease release, Inputs inputs, bool asJson)
    {
        PlanStatus.WriteNotices(Terminal, plan.Notices);
        if (asJson)
        {
            JsonOutput.Write(Terminal, DrainPlanJson.Of(plan, release, inputs.Ignored), OutputJson.Readable.DrainPlanJson);
        }
        else
        {
            DrainTables.Write(Terminal, plan);
        }

        return CodeOf(question, plan);
    }

    protected override Report ReportOf(Question question, DrainPlan answer, KubernetesRelease release, Inputs inputs) =>
        PlanReports.Of(answer, JsonSerializer.SerializeToNode(DrainPlanJson.Of(answer, release, inputs.Ignored), OutputJson.Readable.DrainPlanJson)!.AsObject());

    protected override int CodeOf(Question question, DrainPlan answer) => answer.Succeeds ? ExitCode.Done : ExitCode.Negative;

    /// <summary>Which node, and whether pods may be lost.</summary>
    internal sealed record Question(string Node, bool Force);
}
