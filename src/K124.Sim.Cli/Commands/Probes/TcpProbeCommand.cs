using System.CommandLine;
using K124.Sim.Cli.Probing;
using K124.Sim.Pods.Probes;

namespace K124.Sim.Cli.Commands.Probes;

/// <summary><c>k124 probe tcp</c>.</summary>
internal sealed class TcpProbeCommand : SingleProbeCommand
{
    private readonly Argument<(string Host, int Port)> _address = Address();

    public TcpProbeCommand(Terminal terminal, CancellationToken cancellationToken)
        : base(terminal, "tcp", "Open a connection and close it.", ["k124 probe tcp 10.0.0.7:5432"], cancellationToken) => Add(_address);

    protected override Task<ProbeAnswer> AskAsync(ParseResult parse, int timeoutSeconds, CancellationToken cancellationToken)
    {
        var (host, port) = parse.GetValue(_address);
        return TcpProber.ProbeAsync(host, port, TimeSpan.FromSeconds(timeoutSeconds), cancellationToken);
    }
}
