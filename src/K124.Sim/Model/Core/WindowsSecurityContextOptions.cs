namespace K124.Sim.Model;

/// <summary>Security settings on Windows.</summary>
public sealed record WindowsSecurityContextOptions
{
    /// <summary>GMSA credential specification.</summary>
    public string? GmsaCredentialSpec { get; init; }

    /// <summary>Name of the GMSA credential specification.</summary>
    public string? GmsaCredentialSpecName { get; init; }

    /// <summary>Whether it runs as a process of the node.</summary>
    public bool? HostProcess { get; init; }

    /// <summary>User name.</summary>
    public string? RunAsUserName { get; init; }
}
