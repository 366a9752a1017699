using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using K124.Sim.Cli.Output;
using K124.Sim.Cli.Output.ServiceIPs;
using K124.Sim.Networking;

namespace K124.Sim.Cli.Commands.ServiceIPs;

/// <summary><c>k124 serviceip plan</c>: what blocks of cluster IPs and the node ports hold, and what the next draws may take.</summary>
internal sealed class ServiceIPPlanCommand : ExampleCommand
{
    private const int DefaultNext = 100;

    // Where DNS goes by custom.
    private const int TenthAddress = 9;

    private readonly Terminal _terminal;
    private readonly CancellationToken _cancellationToken;
    private readonly Option<ImmutableArray<ServiceCidr>> _cidrs = ServiceIPOptions.Cidrs();
    private readonly Option<NodePortSpan> _ports = ServiceIPOptions.NodePorts();
    private readonly Option<string[]> _cluster = new Option<string[]>("--cluster")
    {
        Description = "Files or folders with the cluster's Services; - is standard input.",
        HelpName = "PATH...",
        AllowMultipleArgumentsPerToken = true,
    }.RefusingOptions();

    private readonly Option<string[]> _want = new("--want")
    {
        Description = "Addresses to fix later; the default is the tenth of each block, where DNS goes.",
        HelpName = "ADDRESS...",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<int> _next = new("--next")
    {
        Description = "Dynamic allocations to look ahead.",
        HelpName = "N",
        DefaultValueFactory = static _ => DefaultNext,
    };

    private readonly OutputOption _output = new();

    public ServiceIPPlanCommand(Terminal terminal, CancellationToken cancellationToken)
        : base(
            "plan",
            "Bands, what is in them, the odds that dynamic allocations take an address wanted later, and which Services fight over addresses or node ports.",
            "kubectl get services -A -o json > services.json",
            "k124 serviceip plan --cidr 10.96.0.0/16 --cluster services.json",
            "k124 serviceip plan --cidr 10.96.0.0/16,fd00::/108 --cluster services.json --next 50 -o json")
    {
        _terminal = terminal;
        _cancellationToken = cancellationToken;
        _next.Validators.Add(static result =>
        {
            if (result.Tokens is [var token]
                && (!int.TryParse(token.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) || number < 0))
            {
                result.AddError($"--next: '{token.Value}' is not a number from 0 on.");
            }
        });
        Add(_cidrs);
        Add(_cluster);
        Add(_want);
        Add(_next);
        Add(_ports);
        Add(_output.Option);
        SetAction(Execute);
    }

    private int Execute(ParseResult parse)
    {
        var cidrs = parse.GetValue(_cidrs);
        var wanted = ImmutableArray.CreateBuilder<ServiceIP>();
        foreach (var text in parse.GetValue(_want) ?? [])
        {
            if (!ServiceIP.TryParse(text, out var address) || !cidrs.Any(cidr => cidr.TryGetOffset(address, out _)))
            {
                _terminal.Error.WriteLine($"error: --want: '{text}' is not a usable address of {string.Join(" or ", cidrs)}");
                return ExitCode.BadInput;
            }

            wanted.Add(address);
        }

        using var status = new StatusLine(_terminal);
        var cluster = parse.GetValue(_cluster) is { Length: > 0 } paths ? new Inputs(_terminal, status, _cancellationToken).ReadCluster(paths) : Cluster.Empty;
        if (cluster is null)
        {
            return ExitCode.BadInput;
        }

        status.Dispose();
        var report = new ServiceIPPlanReport(
            [.. cidrs.Select(cidr => BlockReport.Of(ServiceIPPlan.Of(cidr, cluster.Services), WantedOf(cidr, wanted), parse.GetValue(_next)))],
            NodePortPlan.Of(parse.GetRequiredValue(_ports), cluster.Services));
        if (_output.IsJson(parse))
        {
            JsonOutput.Write(_terminal, ServiceIPPlanJson.Of(report), OutputJson.Readable.ServiceIPPlanJson);
        }
        else
        {
            ServiceIPPlanTables.Write(_terminal, report);
        }

        return report.IsFine ? ExitCode.Done : ExitCode.Negative;
    }

    private static ImmutableArray<ServiceIP> WantedOf(ServiceCidr cidr, ImmutableArray<ServiceIP>.Builder wanted) =>
        wanted.Count > 0 ? [.. wanted.Where(address => cidr.TryGetOffset(address, out _)).Distinct()]
        : cidr.UsableCount > TenthAddress ? [cidr.AddressAt(TenthAddress)]
        : [];
}
