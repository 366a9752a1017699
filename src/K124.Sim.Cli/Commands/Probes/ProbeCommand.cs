using System.CommandLine;
using K124.Sim.Cli.Probing;

namespace K124.Sim.Cli.Commands.Probes;

/// <summary><c>k124 probe</c>: asks a live endpoint once, as the kubelet of 1.24 would.</summary>
internal static class ProbeCommand
{
    public static Command Create(Terminal terminal, CancellationToken cancellationToken) =>
        new("probe", "Ask a live endpoint once, as the kubelet of 1.24 would, and say what it would make of the answer.")
        {
            new GrpcProbeCommand(terminal, new GrpcHealthClient(), cancellationToken),
            new HttpProbeCommand(terminal, cancellationToken),
            new TcpProbeCommand(terminal, cancellationToken),
            new ExecProbeCommand(terminal, cancellationToken),
        };
}
