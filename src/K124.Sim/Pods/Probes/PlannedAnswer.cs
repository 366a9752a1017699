using K124.Sim.Model;

namespace K124.Sim.Pods.Probes;

/// <summary>What a container that is fine or not answers, by the way it is asked.</summary>
internal static class PlannedAnswer
{
    private const int Serving = 1;
    private const int NotServing = 2;
    private const int Ok = 200;
    private const int Unavailable = 503;

    /// <summary>The answer.</summary>
    public static ProbeAnswer Of(Probe? probe, bool isFine) => probe switch
    {
        { HttpGet: not null } => ProbeHandlers.Http(isFine ? Ok : Unavailable, ""),
        { Grpc: not null } => GrpcHealth.Answered(isFine ? Serving : NotServing),
        { TcpSocket: not null } => ProbeHandlers.Tcp(isFine ? null : "dial tcp: connect: connection refused"),
        _ => ProbeHandlers.Exec(isFine ? 0 : 1, ""),
    };
}
