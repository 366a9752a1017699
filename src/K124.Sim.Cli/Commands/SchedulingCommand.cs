using System.Collections.Immutable;
using System.CommandLine;
using K124.Sim.Cli.Output;
using K124.Sim.Reports;
using K124.Sim.Scheduling;

namespace K124.Sim.Cli.Commands;

/// <summary>A command that asks the scheduler about a cluster.</summary>
/// <typeparam name="TQuestion">What is asked beside the cluster.</typeparam>
/// <typeparam name="TAnswer">What is told.</typeparam>
internal abstract class SchedulingCommand<TQuestion, TAnswer> : ExampleCommand
    where TQuestion : class
{
    private readonly Option<string[]> _cluster = ClusterOption.Create();
    private readonly SchedulingFlags _scheduling = new();
    private readonly Option<bool> _skipForeign = ForeignOption.Create();
    private readonly OutputOption _output = OutputOption.WithReport();

    protected SchedulingCommand(Terminal terminal, string name, string description, ImmutableArray<string> examples, CancellationToken cancellationToken)
        : base(name, description, examples)
    {
        Terminal = terminal;
        CancellationToken = cancellationToken;
        SetAction(Execute);
    }

    protected Terminal Terminal { get; }

    protected CancellationToken CancellationToken { get; }

    /// <summary>Adds the options, in the order of the help: the cluster, then the command's own, then those of all such commands.</summary>
    protected void AddOptions(params IEnumerable<Option> own)
    {
        Add(_cluster);
        foreach (var option in own)
        {
            Add(option);
        }

        Add(_skipForeign);
        Add(_output.Option);
        _scheduling.AddTo(this);
    }

    /// <summary>Reads what is asked.</summary>
    /// <returns>The question, or null if there were errors, which have been printed.</returns>
    protected abstract TQuestion? Read(ParseResult parse, Inputs inputs, Cluster cluster);

    /// <summary>Works out the answer.</summary>
    /// <exception cref="ArgumentException">The input makes no sense; the message says why.</exception>
    protected abstract TAnswer Answer(TQuestion question, Cluster cluster, SchedulerOptions options, StatusLine status);

    /// <summary>Writes the answer.</summary>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    protected abstract int Write(TQuestion question, TAnswer answer, KubernetesRelease release, Inputs inputs, bool asJson);

    /// <summary>Makes a report of the answer.</summary>
    protected abstract Report ReportOf(TQuestion question, TAnswer answer, KubernetesRelease release, Inputs inputs);

    /// <summary>The exit code of an answer that is only reported.</summary>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    protected abstract int CodeOf(TQuestion question, TAnswer answer);

    private int Execute(ParseResult parse)
    {
        if (_scheduling.Read(parse, Terminal) is not { } options)
        {
            return ExitCode.BadInput;
        }

        using var status = new StatusLine(Terminal);
        var inputs = new Inputs(Terminal, status, CancellationToken, parse.GetValue(_skipForeign));
        if (inputs.ReadCluster(parse.GetRequiredValue(_cluster)) is not { } cluster || Read(parse, inputs, cluster) is not { } question)
        {
            return ExitCode.BadInput;
        }

        TAnswer answer;
        try
        {
            answer = Answer(question, cluster, options, status);
        }
        catch (ArgumentException exception)
        {
            status.Dispose();
            Terminal.Error.WriteLine($"error: {exception.Message}");
            return ExitCode.BadInput;
        }

        status.Dispose();
        inputs.ReportIgnored();
        if (_output.IsHtml(parse))
        {
            Terminal.Output.Write(ReportOf(question, answer, options.Release, inputs).ToHtml());
            return CodeOf(question, answer);
        }

        return Write(question, answer, options.Release, inputs, _output.IsJson(parse));
    }
}
