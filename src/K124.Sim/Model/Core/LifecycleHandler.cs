namespace K124.Sim.Model;

/// <summary>What a lifecycle hook does.</summary>
public sealed record LifecycleHandler
{
    /// <summary>A command to run.</summary>
    public ExecAction? Exec { get; init; }

    /// <summary>An HTTP request to make.</summary>
    public HTTPGetAction? HttpGet { get; init; }

    /// <summary>A TCP connection to open.</summary>
    public TCPSocketAction? TcpSocket { get; init; }
}
