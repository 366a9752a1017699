using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json;
using K124.Sim.Cli.Output;
using K124.Sim.Model;
using K124.Sim.Planning;
using K124.Sim.Planning.Internal;
using K124.Sim.Reports;
using K124.Sim.Scheduling;

namespace K124.Sim.Cli.Commands;

/// <summary><c>k124 explain</c>: why a pod goes where it goes.</summary>
internal sealed class ExplainCommand : SchedulingCommand<Pod, PodPlacement>
{
    private readonly Option<string> _pod = new Option<string>("--pod")
    {
        Description = "NAMESPACE/NAME of a pod of the cluster, decided on as if it were on no node; or a file with one Pod; - is standard input.",
        HelpName = "FILE|NAME",
        Required = true,
    }.RefusingOptions();

    private ImmutableArray<string> _notices = [];

    public ExplainCommand(Terminal terminal, CancellationToken cancellationToken)
        : base(
            terminal,
            "explain",
            "Every node's verdict and score for one pod, and what preemption would do.",
            [
                "kubectl get nodes,pods,namespaces -A -o json > cluster.json",
                "k124 explain --cluster cluster.json --pod shop/web-0",
                "k124 explain --cluster cluster.json --pod web.yaml --profile scheduler.yaml -o json",
            ],
            cancellationToken)
    {
        AddOptions(_pod);
    }

    protected override Pod? Read(ParseResult parse, Inputs inputs, Cluster cluster)
    {
        var text = parse.GetRequiredValue(_pod);
        var parts = text.Split('/');
        var key = parts.Length == 2 ? new ObjectKey(parts[0], parts[1]) : new ObjectKey("default", text);
        if (cluster.Pods.Find(key) is { } pod)
        {
            return pod;
        }

        if (text != "-" && !File.Exists(text))
        {
            inputs.Refuse($"error: --pod: '{text}' is neither a pod of the cluster nor a file");
            return null;
        }

        switch (inputs.ReadObjects([text]))
        {
            case null:
                return null;
            case [Pod read]:
                return read with { Metadata = read.Metadata with { Namespace = read.Metadata.Namespace.Length == 0 ? "default" : read.Metadata.Namespace } };
            default:
                inputs.Refuse($"{text}: one Pod is needed");
                return null;
        }
    }

    protected override PodPlacement Answer(Pod pod, Cluster cluster, SchedulerOptions options, StatusLine status)
    {
        var key = ObjectKey.Of(pod);
        var source = $"Pod {key}";
        var settled = SettledCluster.Of(cluster, [pod]);
        if (settled.Cluster.Pods.Find(key) is { } present)
        {
            pod = present;
        }
        else
        {
            var admission = new PodAdmission(settled.Cluster);
            pod = admission.Admit(pod, source);
            if (admission.Refusal(pod) is { } refusal)
            {
                throw new ArgumentException($"{source}: {refusal}");
            }
        }

        var scheduler = new Scheduling.Scheduler(settled.Cluster, options);
        var daemons = DaemonGaps.Of(settled.Cluster, [], new(settled.Cluster), new(settled.Cluster), new(settled.Cluster), takesPending: false);
        _notices = [.. settled.Notices, .. daemons.Fill(scheduler)];

        scheduler.Delete(ApiKind.Find("v1", "Pod")!, key);
        pod = pod with { Spec = pod.Spec with { NodeName = "" } };
        var explanation = scheduler.Explain(pod);
        return new(pod, source, scheduler.Schedule(pod)) { Explanation = explanation };
    }

    protected override int Write(Pod pod, PodPlacement placement, KubernetesRelease release, Inputs inputs, bool asJson)
    {
        PlanStatus.WriteNotices(Terminal, _notices);
        if (asJson)
        {
            JsonOutput.Write(
                Terminal,
                new ExplanationDocumentJson(JsonOutput.ApiVersion, "Explanation", release.ToString(), ExplanationJson.Of(placement), IgnoredJson.Of(inputs.Ignored)),
                OutputJson.Readable.ExplanationDocumentJson);
        }
        else
        {
            ExplanationTables.Write(Terminal, placement);
        }

        return CodeOf(pod, placement);
    }

    protected override Report ReportOf(Pod question, PodPlacement answer, KubernetesRelease release, Inputs inputs)
    {
        var explanation = answer.Explanation!;
        var document = JsonSerializer.SerializeToNode(
            new ExplanationDocumentJson(JsonOutput.ApiVersion, "Explanation", release.ToString(), ExplanationJson.Of(answer), IgnoredJson.Of(inputs.Ignored)), OutputJson.Readable.ExplanationDocumentJson)!.AsObject();
        var isScheduled = answer.Result.IsScheduled;
        return new Report($"Why {ObjectKey.Of(answer.Pod)} goes where it goes", isScheduled ? $"It goes to {answer.Result.NodeName}." : answer.Result.Message, isScheduled ? ReportTone.Good : ReportTone.Bad) { Document = document }
            .Section("Nodes that take it").Table(new ReportTable("Scores, weighted", [new("Node"), new("Total", true), new("Plugins")]).With(explanation.Scores.OrderByDescending(static score => score.Total), static score => new(
                ReportTone.Plain, score.NodeName, Amounts.Count(score.Total), string.Join(", ", score.Plugins.Select(static plugin => $"{plugin.Plugin} {plugin.Weighted}")))))
            .Section("Nodes that do not").Table(new ReportTable("Objections", [new("Node"), new("Plugin"), new("Reason")]).With(
                explanation.NodeStatuses.SelectMany(static node => node.Plugins.Select(status => (node.NodeName, Status: status))), static item => new(ReportTone.Plain, item.NodeName, item.Status.Plugin, string.Join(", ", item.Status.Reasons))))
            .Notes(_notices);
    }

    protected override int CodeOf(Pod question, PodPlacement answer) => answer.Result.IsScheduled ? ExitCode.Done : ExitCode.Negative;
}
