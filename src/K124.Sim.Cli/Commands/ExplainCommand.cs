using System.Collections.Immutable;
using System.CommandLine;
using K124.Sim.Cli.Output;
using K124.Sim.Model;
using K124.Sim.Planning;
using K124.Sim.Planning.Internal;
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

        return placement.Result.IsScheduled ? ExitCode.Done : ExitCode.Negative;
    }
}
