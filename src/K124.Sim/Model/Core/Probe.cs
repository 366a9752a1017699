namespace K124.Sim.Model;

/// <summary>A check of a container's health.</summary>
public sealed record Probe
{
    /// <summary>A command to run.</summary>
    public ExecAction? Exec { get; init; }

    /// <summary>Failures in a row that count as failure; 0 before defaulting.</summary>
    public int FailureThreshold { get; init; }

    /// <summary>A gRPC health check to make.</summary>
    public GRPCAction? Grpc { get; init; }

    /// <summary>An HTTP request to make.</summary>
    public HTTPGetAction? HttpGet { get; init; }

    /// <summary>Seconds before the first check.</summary>
    public int InitialDelaySeconds { get; init; }

    /// <summary>Seconds between checks; 0 before defaulting.</summary>
    public int PeriodSeconds { get; init; }

    /// <summary>Successes in a row that count as success; 0 before defaulting.</summary>
    public int SuccessThreshold { get; init; }

    /// <summary>A TCP connection to open.</summary>
    public TCPSocketAction? TcpSocket { get; init; }

    /// <summary>Seconds to stop after a failed check; null means the pod's.</summary>
    public long? TerminationGracePeriodSeconds { get; init; }

    /// <summary>Seconds a check may take.</summary>
    public int TimeoutSeconds { get; init; }
}
