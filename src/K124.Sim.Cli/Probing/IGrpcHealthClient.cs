namespace K124.Sim.Cli.Probing;

/// <summary>Calls the gRPC health service of a server.</summary>
internal interface IGrpcHealthClient
{
    /// <summary>Connects, without TLS, and asks once.</summary>
    /// <param name="address">Host and port.</param>
    /// <param name="service">Name of the service; empty for the server as a whole.</param>
    /// <param name="timeout">Time for both.</param>
    /// <param name="cancellationToken">Stops it.</param>
    Task<GrpcHealthReply> CheckAsync(string address, string service, TimeSpan timeout, CancellationToken cancellationToken);
}

/// <summary>How a call of the health service ended: with a status, with gRPC's own refusal, or with no connection at all.</summary>
/// <param name="Status">The status that was answered; null if none was.</param>
/// <param name="Code">gRPC's number of the reason; null if there was no connection.</param>
/// <param name="Message">The server's message.</param>
internal readonly record struct GrpcHealthReply(int? Status, int? Code, string Message = "")
{
    /// <summary>No connection came about in time.</summary>
    public static GrpcHealthReply NotConnected { get; }
}
