using System.CommandLine;
using K124.Sim.Cli.Probing;
using K124.Sim.Pods.Probes;

namespace K124.Sim.Cli.Commands.Probes;

/// <summary><c>k124 probe grpc</c>.</summary>
internal sealed class GrpcProbeCommand : SingleProbeCommand
{
    private readonly IGrpcHealthClient _client;
    private readonly Argument<(string Host, int Port)> _address = Address();
    private readonly Option<string> _service = new("--service") { Description = "Name of the service; without it the server as a whole.", HelpName = "NAME", DefaultValueFactory = static _ => "" };

    public GrpcProbeCommand(Terminal terminal, IGrpcHealthClient client, CancellationToken cancellationToken)
        : base(terminal, "grpc", "Call grpc.health.v1.Health of a server, without TLS.", ["k124 probe grpc 10.0.0.7:9000 --service shop.Cart"], cancellationToken)
    {
        _client = client;
        Add(_address);
        Add(_service);
    }

    protected override async Task<ProbeAnswer> AskAsync(ParseResult parse, int timeoutSeconds, CancellationToken cancellationToken)
    {
        var (host, port) = parse.GetValue(_address);
        var address = $"{(host.Contains(':', StringComparison.Ordinal) ? $"[{host}]" : host)}:{port}";
        var reply = await _client.CheckAsync(address, parse.GetValue(_service) ?? "", TimeSpan.FromSeconds(timeoutSeconds), cancellationToken).ConfigureAwait(false);
        return reply switch
        {
            { Status: { } status } => GrpcHealth.Answered(status),
            { Code: { } code } => GrpcHealth.Refused(code, reply.Message, timeoutSeconds),
            _ => GrpcHealth.NotConnected(address, timeoutSeconds),
        };
    }
}
