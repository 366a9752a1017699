using System.CommandLine;

namespace K124.Sim.Cli.Commands.ServiceIPs;

/// <summary><c>k124 serviceip</c>: the commands about cluster IPs and node ports.</summary>
internal static class ServiceIPCommand
{
    public static Command Create(Terminal terminal, CancellationToken cancellationToken) => new("serviceip", "Cluster IPs and node ports, as the 1.24 API server gives them out.")
    {
        new ServiceIPPlanCommand(terminal, cancellationToken),
        new ServiceIPApplyCommand(terminal, cancellationToken),
    };
}
