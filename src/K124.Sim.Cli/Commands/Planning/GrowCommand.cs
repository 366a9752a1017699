using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json.Nodes;
using K124.Sim.Cli.Output;
using K124.Sim.Cli.Output.Planning;
using K124.Sim.Manifests;
using K124.Sim.Model;
using K124.Sim.Planning;
using K124.Sim.Planning.Growth;
using K124.Sim.Reports;
using K124.Sim.Scheduling;

namespace K124.Sim.Cli.Commands.Planning;

/// <summary><c>k124 grow</c>: which nodes to add.</summary>
internal sealed class GrowCommand : PlanCommand<GrowCommand.Question, GrowPlan>
{
    private readonly Option<string[]> _templates = PricedNames.Option("--node-template", "File with one Node as new ones would be, and what one costs; may be given several times.", "FILE[:PRICE]");
    private readonly Option<string[]> _like = PricedNames.Option("--node-like", "A node of the cluster that new ones would be like, and what one costs; may be given several times.", "NODE[:PRICE]");
    private readonly Option<string[]> _burst = PricedNames.Option("--burst", "File with a Pod, and how many copies there is to be room for besides.", "FILE[:COUNT]");
    private readonly Option<string[]> _compare = PricedNames.Option("--compare-profile", "File with a further KubeSchedulerConfiguration to compare with.", "FILE");

    private readonly Option<string[]> _workload = new Option<string[]>("--workload")
    {
        Description = "Files or folders with workloads that are to run beside the pending pods; - is standard input.",
        HelpName = "PATH...",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = true,
    }.RefusingOptions();

    private readonly Option<int> _stable = new("--stable-range")
    {
        Description = "How many further numbers of nodes are tried to find from where on it works.",
        HelpName = "N",
        DefaultValueFactory = static _ => 8,
    };

    private readonly Option<int> _seeds = new("--seeds")
    {
        Description = "Find the first number also for this many seeds, with ties drawn at random.",
        HelpName = "N",
        DefaultValueFactory = static _ => 0,
    };

    private readonly Option<FileInfo?> _certificate = new("--certificate")
    {
        Description = "Write the certificate of the bound (of the price, if there are several templates) to this file, as JSON.",
        HelpName = "FILE",
    };

    public GrowCommand(Terminal terminal, CancellationToken cancellationToken)
        : base(
            terminal,
            "grow",
            "Which nodes to add for pending pods, further workloads and bursts: the first number that the scheduler fills, from which on it is stable, a proven lower bound, the cheapest mix.",
            [
                "k124 grow --cluster cluster.json --node-like worker-1:0.38",
                "k124 grow --cluster cluster.json --workload shop/ --node-template large.yaml:0.77 small.yaml:0.2",
                "k124 grow --cluster cluster.json --burst web.yaml:200 --node-like worker-1 --compare-profile packing.yaml",
            ],
            cancellationToken)
    {
        AddOptions(_templates, _like, _workload, _burst, _compare, _stable, _seeds, _certificate);
        Validators.Add(result =>
        {
            if (result.GetResult(_templates) is null && result.GetResult(_like) is null)
            {
                result.AddError("--node-template or --node-like is needed.");
            }
        });
    }

    protected override Question? Read(ParseResult parse, Inputs inputs, Cluster cluster)
    {
        if (ReadTemplates(parse, inputs, cluster) is not { } templates || ReadBursts(parse, inputs) is not { } bursts || ReadProfiles(parse) is not { } profiles)
        {
            return null;
        }

        var workloads = parse.GetValue(_workload) is { Length: > 0 } paths ? inputs.ReadObjects(paths) : [];
        return workloads is { } objects
            ? new(
                new() { Templates = templates, Workloads = objects, Bursts = bursts, StableRange = parse.GetValue(_stable), Seeds = parse.GetValue(_seeds) },
                profiles,
                parse.GetValue(_certificate))
            : null;
    }

    protected override GrowPlan Answer(Question question, Cluster cluster, SchedulerOptions options, StatusLine status)
    {
        var request = question.Request with { Profiles = [.. question.Profiles.Select(profile => new NamedScheduler(profile.Name, options with { Configuration = profile.Configuration }))] };
        var plan = new CapacityPlanner(cluster, new() { Scheduler = options }).Grow(request, status.Progress<PlanProgress>(static progress => $"trying: {Amounts.Count(progress.Decided, "number")} of nodes"), CancellationToken);
        if (question.Certificate is { } file)
        {
            File.WriteAllText(file.FullName, (request.Templates.Length == 1 ? plan.Answers[0].Options[0].Bound : plan.PriceBound).ToJson());
        }

        return plan;
    }

    protected override ImmutableArray<string> NoticesOf(GrowPlan answer) => answer.Notices;

    protected override JsonObject DocumentOf(GrowPlan answer, KubernetesRelease release, Inputs inputs) => PlanDocuments.Of(answer, release, inputs.Ignored);

    protected override void WriteTables(GrowPlan answer) => PlanTables.Write(Terminal, answer);

    protected override Report ReportOf(GrowPlan answer, JsonObject document) => PlanReports.Of(answer, document);

    protected override bool IsYes(GrowPlan answer) => answer.Answers[0].Cheapest is not null && answer.NotCreated.IsEmpty;

    private ImmutableArray<NodeTemplate>? ReadTemplates(ParseResult parse, Inputs inputs, Cluster cluster)
    {
        var templates = ImmutableArray.CreateBuilder<NodeTemplate>();
        foreach (var text in parse.GetValue(_templates) ?? [])
        {
            var (path, price) = PricedNames.Split(text);
            switch (inputs.ReadObjects([path]))
            {
                case null:
                    return null;
                case [Node node]:
                    templates.Add(new(node, price ?? 1));
                    break;
                case [Node node, CSINode volumes]:
                    templates.Add(new NodeTemplate(node, price ?? 1) { Volumes = volumes });
                    break;
                default:
                    inputs.Refuse($"error: --node-template: {path}: one Node is needed");
                    return null;
            }
        }

        foreach (var text in parse.GetValue(_like) ?? [])
        {
            var (name, price) = cluster.Nodes.Find(text) is null ? PricedNames.Split(text) : (text, null);
            if (cluster.Nodes.Find(name) is not { } node)
            {
                inputs.Refuse($"error: --node-like: there is no node '{name}'");
                return null;
            }

            templates.Add(NodeTemplate.Like(node, price ?? 1, cluster.CSINodes.Find(name)));
        }

        return templates.ToImmutable();
    }

    private ImmutableArray<PodBurst>? ReadBursts(ParseResult parse, Inputs inputs)
    {
        var bursts = ImmutableArray.CreateBuilder<PodBurst>();
        foreach (var text in parse.GetValue(_burst) ?? [])
        {
            var (path, count) = PricedNames.Split(text);
            if (inputs.ReadObjects([path]) is not [Pod pod])
            {
                inputs.Refuse($"error: --burst: {path}: one Pod is needed");
                return null;
            }

            bursts.Add(new(pod, (int)(count ?? 1)));
        }

        return bursts.ToImmutable();
    }

    private ImmutableArray<(string Name, Scheduling.Configuration.SchedulerConfiguration Configuration)>? ReadProfiles(ParseResult parse)
    {
        var profiles = ImmutableArray.CreateBuilder<(string, Scheduling.Configuration.SchedulerConfiguration)>();
        foreach (var path in parse.GetValue(_compare) ?? [])
        {
            var result = SchedulerConfigurationReader.Read(path);
            foreach (var error in result.Errors)
            {
                Terminal.Error.WriteLine(error);
            }

            if (result.Configuration is not { } configuration)
            {
                return null;
            }

            profiles.Add((Path.GetFileName(path), configuration.WithoutExtenders()));
        }

        return profiles.ToImmutable();
    }

    /// <summary>The request, the profiles to compare with, and where the certificate goes.</summary>
    internal sealed record Question(
        GrowRequest Request, ImmutableArray<(string Name, Scheduling.Configuration.SchedulerConfiguration Configuration)> Profiles, FileInfo? Certificate);
}
