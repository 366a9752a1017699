using System.Collections.Immutable;
using System.CommandLine;
using K124.Sim.Cli.Output;
using K124.Sim.ControlPlane;
using K124.Sim.ControlPlane.Logging;
using K124.Sim.Manifests;
using K124.Sim.Model;
using K124.Sim.Networking.LoadBalancers;
using K124.Sim.Platform;
using K124.Sim.Pods;

namespace K124.Sim.Cli.Commands;

using ControlPlane = K124.Sim.ControlPlane.ControlPlane;

/// <summary><c>k124 run</c>: the whole control plane over a dump.</summary>
internal sealed class RunCommand : ExampleCommand
{
    private readonly Terminal _terminal;
    private readonly CancellationToken _cancellationToken;
    private readonly Option<string[]> _cluster = ClusterOption.Create();
    private readonly SchedulingFlags _scheduling = new();
    private readonly Option<bool> _skipForeign = ForeignOption.Create();
    private readonly OutputOption _output = new();

    private readonly Option<string[]> _apply = new Option<string[]>("--apply")
    {
        Description = "Files or folders whose objects are applied at the start.",
        HelpName = "PATH...",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = true,
    }.RefusingOptions();

    private readonly Option<string?> _script = new("--script") { Description = "Timed steps: JSON Lines, or YAML with a document a step.", HelpName = "FILE" };

    private readonly Option<TimeSpan?> _for = new("--for")
    {
        Description = "Time to let pass, for example 90s, 10m or 2h; without it the run goes on until nothing is left to do, a day at most.",
        HelpName = "DURATION",
        CustomParser = DurationArgument.Parse,
    };

    private readonly Option<bool> _untilQuiet = new("--until-quiet") { Description = "Run until nothing is left to do. This is the default." };

    private readonly Option<bool> _probes = new("--probes") { Description = "Run the probes of pods, which answer well unless the script says otherwise; a script with a step of probes does so by itself." };

    private readonly Option<bool> _timeline = new("--timeline") { Description = "Also show every write and event." };

    private readonly Option<string?> _log = new("--log") { Description = "File to write every write and event to, as the log of the components.", HelpName = "FILE" };

    private readonly Option<string> _logFormat = new Option<string>("--logging-format")
    {
        Description = "Lines of klog, or a JSON document a line.",
        HelpName = "text|json",
        DefaultValueFactory = static _ => "text",
    }.AcceptOnlyFromAmong("text", "json");

    private readonly Option<bool> _contextual = new("--contextual-logging") { Description = "Log with the gate ContextualLogging on: names and objects travel with the loggers." };

    private readonly Option<bool> _loadBalancers = new("--load-balancers") { Description = "Let a cloud give addresses to Services of type LoadBalancer." };

    private readonly Option<string?> _save = new("--save") { Description = "Folder to write the end state to, as a dump that kubectl and k124 read.", HelpName = "DIR" };

    public RunCommand(Terminal terminal, CancellationToken cancellationToken)
        : base(
            "run",
            "Runs the 1.24 control plane over a cluster on virtual time, and shows what became of it.",
            ["k124 run --cluster cluster.json --apply shop/", "k124 run --cluster cluster.json --script steps.yaml --for 10m --timeline"])
    {
        _terminal = terminal;
        _cancellationToken = cancellationToken;
        foreach (var option in (ReadOnlySpan<Option>)[_cluster, _apply, _script, _for, _untilQuiet, _probes, _loadBalancers, _timeline, _log, _logFormat, _contextual, _save, _skipForeign, _output.Option])
        {
            Add(option);
        }

        _scheduling.AddTo(this);
        SetAction(Execute);
    }

    private int Execute(ParseResult parse)
    {
        if (_scheduling.Read(parse, _terminal) is not { } scheduling)
        {
            return ExitCode.BadInput;
        }

        using var status = new StatusLine(_terminal);
        var inputs = new Inputs(_terminal, status, _cancellationToken, parse.GetValue(_skipForeign));
        if (inputs.ReadCluster(parse.GetRequiredValue(_cluster)) is not { } cluster
            || ReadApplied(parse, inputs) is not { } applied
            || ReadScript(parse, inputs) is not { } script)
        {
            return ExitCode.BadInput;
        }

        var runsProbes = parse.GetValue(_probes) || script.Actions.Any(static step => step.Action is UserAction.SetProbe);
        var kubelet = new KubeletOptions { Plan = new RecordedLifetimes(script.PodLifetimes).Plan, Probes = runsProbes ? static _ => ProbePlan.AlwaysFine : static _ => null };
        var plane = new ControlPlane(cluster, new()
        {
            Scheduler = scheduling,
            Kubelet = kubelet,
            LoadBalancers = parse.GetValue(_loadBalancers) ? static _ => new LoadBalancerPlan() : null,
        });
        var start = plane.Now;
        MakeNamespaces(cluster, plane, applied, script);
        foreach (var item in applied)
        {
            plane.Plan(start, new UserAction.Apply(item));
        }

        foreach (var step in script.Actions)
        {
            plane.Plan(start + step.After, step.Action);
        }

        var isQuiet = Run(plane, parse.GetValue(_for), status);
        status.Dispose();
        inputs.ReportIgnored();
        if (parse.GetValue(_save) is { } folder)
        {
            DumpWriter.Write(folder, plane.ToCluster());
        }

        if (parse.GetValue(_log) is { } log)
        {
            using var file = new StreamWriter(log);
            var gates = FeatureGates.Of(("ContextualLogging", parse.GetValue(_contextual)));
            TimelineLog.Write(plane.Timeline, file, parse.GetValue(_logFormat) == "json" ? LogForm.Json : LogForm.Text, gates);
        }

        var report = RunReport.Of(plane, start, isQuiet);
        if (_output.IsJson(parse))
        {
            RunJson.Write(_terminal, report, plane, parse.GetValue(_timeline));
        }
        else
        {
            RunTables.Write(_terminal, report, plane, parse.GetValue(_timeline));
        }

        return report.PendingPods > 0 || !isQuiet || report.Refusals.Length > 0 ? ExitCode.Negative : ExitCode.Done;
    }

    /// <summary>Objects that lived in a namespace show that it was there, even if the input does not hold it.</summary>
    private void MakeNamespaces(Cluster cluster, ControlPlane plane, ImmutableArray<IApiObject> applied, RunScript script)
    {
        var objects = applied.Concat(script.Actions.Select(static step => step.Action).OfType<UserAction.Apply>().Select(static action => action.Object)).ToArray();
        var lacking = objects.Select(static item => item.Metadata.Namespace).Where(static name => name.Length > 0).Distinct(StringComparer.Ordinal)
            .Where(name => plane.Get<Namespace>(new("", name)) is null && !objects.Any(item => item is Namespace && item.Metadata.Name == name))
            .Order(StringComparer.Ordinal).ToArray();
        foreach (var name in lacking)
        {
            plane.Plan(plane.Now, new UserAction.Apply(new Namespace { Metadata = new() { Name = name } }));
        }

        string[] made = [.. cluster.LackingNamespaces().Concat(lacking).Order(StringComparer.Ordinal)];
        if (made.Length > 0)
        {
            _terminal.Error.WriteLine($"note: {string.Join(", ", made)}: the input holds no such Namespace; it is made at the start");
        }
    }

    private bool Run(ControlPlane plane, TimeSpan? duration, StatusLine status)
    {
        if (duration is { } time)
        {
            plane.Advance(time, _cancellationToken);
            return true;
        }

        return plane.RunUntilQuiet(null, status.Progress<long>(steps => $"running: {Amounts.Count(steps, "step")}, {plane.Now:HH:mm:ss}"), _cancellationToken);
    }

    private ImmutableArray<IApiObject>? ReadApplied(ParseResult parse, Inputs inputs) =>
        parse.GetValue(_apply) is { Length: > 0 } paths ? inputs.ReadObjects(paths) : [];

    private RunScript? ReadScript(ParseResult parse, Inputs inputs)
    {
        if (parse.GetValue(_script) is not { } path)
        {
            return new() { Actions = [] };
        }

        var script = RunScriptReader.Read(path);
        foreach (var error in script.Errors)
        {
            inputs.Refuse(error.ToString());
        }

        return script.Errors.IsEmpty ? script : null;
    }
}
