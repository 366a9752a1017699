using System.CommandLine;
using K124.Sim.ApiServer;
using K124.Sim.Cli.Output;

namespace K124.Sim.Cli.Commands;

/// <summary><c>k124 serve</c>: a dump as a live cluster that kubectl talks to.</summary>
internal sealed class ServeCommand : ExampleCommand
{
    private static readonly TimeSpan SettleTime = TimeSpan.FromMinutes(10);

    private readonly Terminal _terminal;
    private readonly CancellationToken _cancellationToken;
    private readonly SchedulingFlags _scheduling = new();

    private readonly Option<string[]> _cluster = new Option<string[]>("--cluster")
    {
        Description = "Files or folders with the cluster's objects; without it the cluster is a fresh one.",
        HelpName = "PATH...",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = true,
    }.RefusingOptions();

    private readonly Option<int> _port = new("--port") { Description = "Port of the loopback interface; 0, the default, for any that is free.", HelpName = "N" };

    private readonly Option<string?> _kubeconfig = new("--kubeconfig") { Description = "File to write a kubeconfig of the administrator to.", HelpName = "FILE" };

    private readonly Option<bool> _realTime = new("--real-time") { Description = "The cluster's clock is this computer's. This is the default." };

    private readonly Option<bool> _settle = new("--settle") { Description = "The clock stands still, and after each write everything happens that follows from it, before the answer." };

    private readonly Option<TimeSpan?> _for = new("--for") { Description = "Stop after this time, for example 10m; without it the server runs until it is stopped.", HelpName = "DURATION", CustomParser = DurationArgument.Parse };

    public ServeCommand(Terminal terminal, CancellationToken cancellationToken)
        : base(
            "serve",
            "Serves a cluster to kubectl and other clients, with the 1.24 control plane behind it.",
            ["k124 serve --cluster cluster.json --kubeconfig sim.kubeconfig", "kubectl --kubeconfig sim.kubeconfig get pods -A"])
    {
        _terminal = terminal;
        _cancellationToken = cancellationToken;
        foreach (var option in (ReadOnlySpan<Option>)[_cluster, _port, _kubeconfig, _realTime, _settle, _for])
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

        if (parse.GetValue(_realTime) && parse.GetValue(_settle))
        {
            _terminal.Error.WriteLine("error: --real-time and --settle exclude each other");
            return ExitCode.BadInput;
        }

        using var status = new StatusLine(_terminal);
        var inputs = new Inputs(_terminal, status, _cancellationToken);
        var cluster = parse.GetValue(_cluster) is { Length: > 0 } paths ? inputs.ReadCluster(paths) : Cluster.Empty;
        if (cluster is null)
        {
            return ExitCode.BadInput;
        }

        status.Dispose();
        inputs.ReportIgnored();
        var settles = parse.GetValue(_settle);
        var options = new ClusterOptions
        {
            Cluster = cluster,
            RealTime = settles ? null : _terminal.Clock,
            SettleTime = settles ? SettleTime : null,
            Profile = new() { Release = scheduling.Release, FeatureGates = scheduling.FeatureGates, Seed = scheduling.Seed },
            ControlPlane = new() { Scheduler = scheduling, KeepsTimeline = false },
        };
        return ServeAsync(options, new() { Port = parse.GetValue(_port), Kubeconfig = parse.GetValue(_kubeconfig) }, parse.GetValue(_for)).GetAwaiter().GetResult();
    }

    private async Task<int> ServeAsync(ClusterOptions options, ListenOptions listen, TimeSpan? duration)
    {
        var cluster = await TestCluster.StartAsync(options).ConfigureAwait(false);
        await using var clusterEnd = cluster.ConfigureAwait(false);
        var listener = await cluster.ListenAsync(listen).ConfigureAwait(false);
        await using var listenerEnd = listener.ConfigureAwait(false);
        await _terminal.Output.WriteLineAsync($"serving on {listener.Address}").ConfigureAwait(false);
        if (listen.Kubeconfig is { } file)
        {
            await _terminal.Output.WriteLineAsync($"kubectl --kubeconfig {file} get pods -A").ConfigureAwait(false);
        }

        try
        {
            await Task.Delay(duration ?? Timeout.InfiniteTimeSpan, _terminal.Clock, _cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_cancellationToken.IsCancellationRequested)
        {
            // Stopping is how serving ends.
        }

        return ExitCode.Done;
    }
}
