using System.Collections.Immutable;
using System.Text.Json.Nodes;
using K124.Sim.Cli.Output.Planning;
using K124.Sim.Reports;

namespace K124.Sim.Cli.Commands.Planning;

/// <summary>A command that asks a question of planning: its answer is data, of which tables and documents are views.</summary>
internal abstract class PlanCommand<TQuestion, TAnswer>(
    Terminal terminal, string name, string description, ImmutableArray<string> examples, CancellationToken cancellationToken)
    : SchedulingCommand<TQuestion, TAnswer>(terminal, name, description, examples, cancellationToken)
    where TQuestion : class
{
    protected override int Write(TQuestion question, TAnswer answer, KubernetesRelease release, Inputs inputs, bool asJson)
    {
        PlanStatus.WriteNotices(Terminal, NoticesOf(answer));
        if (asJson)
        {
            Terminal.Output.WriteLine(Doc.Text(DocumentOf(answer, release, inputs)));
        }
        else
        {
            WriteTables(answer);
        }

        return CodeOf(question, answer);
    }

    protected override Report ReportOf(TQuestion question, TAnswer answer, KubernetesRelease release, Inputs inputs) => ReportOf(answer, DocumentOf(answer, release, inputs));

    protected override int CodeOf(TQuestion question, TAnswer answer) => IsYes(answer) ? ExitCode.Done : ExitCode.Negative;

    protected abstract Report ReportOf(TAnswer answer, JsonObject document);

    protected abstract ImmutableArray<string> NoticesOf(TAnswer answer);

    protected abstract JsonObject DocumentOf(TAnswer answer, KubernetesRelease release, Inputs inputs);

    protected abstract void WriteTables(TAnswer answer);

    /// <summary>Whether the exit code tells of success.</summary>
    protected abstract bool IsYes(TAnswer answer);
}
