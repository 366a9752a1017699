using System.Collections.Immutable;
using System.CommandLine;
using K124.Sim.Cli.Output;
using K124.Sim.Cli.Output.ServiceIPs;
using K124.Sim.Model;
using K124.Sim.Networking;
using K124.Sim.Platform;

namespace K124.Sim.Cli.Commands.ServiceIPs;

/// <summary><c>k124 serviceip apply</c>: what Services of manifests get, or why not.</summary>
internal sealed class ServiceIPApplyCommand : ExampleCommand
{
    private readonly Terminal _terminal;
    private readonly CancellationToken _cancellationToken;
    private readonly Option<ImmutableArray<ServiceCidr>> _cidrs = ServiceIPOptions.Cidrs();
    private readonly Option<NodePortSpan> _ports = ServiceIPOptions.NodePorts();
    private readonly Option<string[]> _cluster = OptionalPaths("--cluster", "Files or folders with the Services that exist; - is standard input.");
    private readonly Option<string[]> _delete = OptionalPaths("--delete", "Files or folders with Services to delete, before all else.");
    private readonly Option<string[]> _manifests = OptionalPaths("--manifests", "Files or folders with Services to create, or to replace where they exist, in their order.");
    private readonly Option<bool> _subrange = new("--static-subrange") { Description = "With the gate ServiceIPStaticSubrange: draws leave the lower band to the end." };
    private readonly Option<ulong> _seed = new("--seed")
    {
        Description = "Seed of the draws.",
        HelpName = "NUMBER",
        DefaultValueFactory = static _ => 0,
    };

    private readonly Option<KubernetesRelease> _release = ReleaseOption.Create();
    private readonly OutputOption _output = new();

    public ServiceIPApplyCommand(Terminal terminal, CancellationToken cancellationToken)
        : base(
            "apply",
            "Create, replace and delete Services against those of a cluster, and tell which addresses and node ports each gets, or why not.",
            "kubectl get services -A -o json > services.json",
            "k124 serviceip apply --cidr 10.96.0.0/16 --cluster services.json --manifests shop/",
            "k124 serviceip apply --cidr 10.96.0.0/16 --cluster services.json --delete old.yaml --manifests new.yaml -o json")
    {
        _terminal = terminal;
        _cancellationToken = cancellationToken;
        foreach (var option in new Option[] { _cidrs, _cluster, _delete, _manifests, _ports, _subrange, _seed, _release, _output.Option })
        {
            Add(option);
        }

        SetAction(Execute);
    }

    private static Option<string[]> OptionalPaths(string name, string description) => new Option<string[]>(name)
    {
        Description = description,
        HelpName = "PATH...",
        AllowMultipleArgumentsPerToken = true,
    }.RefusingOptions();

    private int Execute(ParseResult parse)
    {
        using var status = new StatusLine(_terminal);
        var inputs = new Inputs(_terminal, status, _cancellationToken);
        if (ReadServices(inputs, parse.GetValue(_cluster)) is not { } existing
            || ReadServices(inputs, parse.GetValue(_delete)) is not { } deleted
            || ReadServices(inputs, parse.GetValue(_manifests)) is not { } applied)
        {
            return ExitCode.BadInput;
        }

        status.Dispose();
        inputs.ReportIgnored();
        var registry = NewRegistry(parse);
        foreach (var problem in registry.Restore(existing))
        {
            _terminal.Error.WriteLine($"note: {problem}");
        }

        ImmutableArray<AppliedService> answers =
        [
            .. deleted.Select(service => new AppliedService("delete", ObjectKey.Of(service), registry.Delete(ObjectKey.Of(service)))),
            .. applied.Select(service => new AppliedService(registry.Find(ObjectKey.Of(service)) is null ? "create" : "update", ObjectKey.Of(service), registry.Update(service))),
        ];
        if (_output.IsJson(parse))
        {
            JsonOutput.Write(_terminal, ServiceIPApplyJson.Of(answers), OutputJson.Readable.ServiceIPApplyJson);
        }
        else
        {
            ServiceIPApplyTables.Write(_terminal, answers);
        }

        return answers.Any(static answer => answer.Result.Error is not null) ? ExitCode.Negative : ExitCode.Done;
    }

    private ServiceRegistry NewRegistry(ParseResult parse)
    {
        var random = new SeededRandom(parse.GetValue(_seed));
        var options = new ServiceIPRangeOptions { Profile = ClusterProfile.Of(parse.GetValue(_release)).With("ServiceIPStaticSubrange", parse.GetValue(_subrange)), Random = random };
        ServiceIPRange[] ranges = [.. parse.GetValue(_cidrs).Select(cidr => new ServiceIPRange(cidr, options))];
        return new(ranges[0], ranges.ElementAtOrDefault(1), new NodePortRange(parse.GetRequiredValue(_ports), random), random);
    }

    private static ImmutableArray<Service>? ReadServices(Inputs inputs, string[]? paths) =>
        paths is not { Length: > 0 } ? []
        : inputs.ReadObjects(paths) is { } objects ? [.. objects.OfType<Service>()]
        : null;
}
