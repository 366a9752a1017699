using System.CommandLine;
using K124.Sim.Cli.Output;
using K124.Sim.Model;
using K124.Sim.Planning;
using K124.Sim.Planning.Internal;
using K124.Sim.Scheduling;

namespace K124.Sim.Cli.Commands;

/// <summary><c>k124 explain</c>: why a pod goes where it goes.</summary>
internal sealed class ExplainCommand : ExampleCommand
{
    private readonly Terminal _terminal;
    private readonly CancellationToken _cancellationToken;
    private readonly Option<string[]> _cluster = ClusterOption.Create();
    private readonly SchedulingFlags _scheduling = new();
    private readonly OutputOption _output = new();

    private readonly Option<string> _pod = new Option<string>("--pod")
    {
        Description = "NAMESPACE/NAME of a pod of the cluster, decided on as if it were on no node; or a file with one Pod; - is standard input.",
        HelpName = "FILE|NAME",
        Required = true,
    }.RefusingOptions();

    public ExplainCommand(Terminal terminal, CancellationToken cancellationToken)
        : base(
            "explain",
            "Every node's verdict and score for one pod, and what preemption would do.",
            "kubectl get nodes,pods,namespaces -A -o json > cluster.json",
            "k124 explain --cluster cluster.json --pod shop/web-0",
            "k124 explain --cluster cluster.json --pod web.yaml --profile scheduler.yaml -o json")
    {
        _terminal = terminal;
        _cancellationToken = cancellationToken;
        Add(_cluster);
        Add(_pod);
        Add(_output.Option);
        _scheduling.AddTo(this);
        SetAction(Execute);
    }

    private int Execute(ParseResult parse)
    {
        if (_scheduling.Read(parse, _terminal) is not { } options)
        {
            return ExitCode.BadInput;
        }

        using var status = new StatusLine(_terminal);
        var inputs = new Inputs(_terminal, status, _cancellationToken);
        if (inputs.ReadCluster(parse.GetRequiredValue(_cluster)) is not { } cluster || Find(parse.GetRequiredValue(_pod), cluster, inputs) is not { } pod)
        {
            return ExitCode.BadInput;
        }

        PodPlacement placement;
        try
        {
            placement = Decide(cluster, pod, options);
        }
        catch (ArgumentException exception)
        {
            status.Dispose();
            _terminal.Error.WriteLine($"error: {exception.Message}");
            return ExitCode.BadInput;
        }

        status.Dispose();
        inputs.ReportIgnored();
        if (_output.IsJson(parse))
        {
            JsonOutput.Write(
                _terminal,
                new ExplanationDocumentJson(JsonOutput.ApiVersion, "Explanation", options.Release.ToString(), ExplanationJson.Of(placement), IgnoredJson.Of(inputs.Ignored)),
                OutputJson.Readable.ExplanationDocumentJson);
        }
        else
        {
            ExplanationTables.Write(_terminal, placement);
        }

        return placement.Result.IsScheduled ? ExitCode.Done : ExitCode.Negative;
    }

    private static PodPlacement Decide(Cluster cluster, Pod pod, SchedulerOptions options)
    {
        var key = ObjectKey.Of(pod);
        var source = $"Pod {key}";
        var scheduler = new Scheduling.Scheduler(cluster, options);
        if (cluster.Pods.Find(key) is null)
        {
            pod = new PodAdmission(cluster).Admit(pod, source);
        }

        scheduler.Delete(ApiKind.Find("v1", "Pod")!, key);
        pod = pod with { Spec = pod.Spec with { NodeName = "" } };
        var explanation = scheduler.Explain(pod);
        return new(pod, source, scheduler.Schedule(pod)) { Explanation = explanation };
    }

    private Pod? Find(string text, Cluster cluster, Inputs inputs)
    {
        var parts = text.Split('/');
        var key = parts.Length == 2 ? new ObjectKey(parts[0], parts[1]) : new ObjectKey("default", text);
        if (cluster.Pods.Find(key) is { } pod)
        {
            return pod;
        }

        if (text != "-" && !File.Exists(text))
        {
            _terminal.Error.WriteLine($"error: --pod: '{text}' is neither a pod of the cluster nor a file");
            return null;
        }

        switch (inputs.ReadObjects([text]))
        {
            case null:
                return null;
            case [Pod read]:
                return read with { Metadata = read.Metadata with { Namespace = read.Metadata.Namespace.Length == 0 ? "default" : read.Metadata.Namespace } };
            default:
                _terminal.Error.WriteLine($"{text}: one Pod is needed");
                return null;
        }
    }
}
