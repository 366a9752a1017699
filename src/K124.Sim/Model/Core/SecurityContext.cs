namespace K124.Sim.Model;

/// <summary>Security settings of a container.</summary>
public sealed record SecurityContext
{
    /// <summary>Whether a process may gain privileges.</summary>
    public bool? AllowPrivilegeEscalation { get; init; }

    /// <summary>POSIX capabilities.</summary>
    public Capabilities? Capabilities { get; init; }

    /// <summary>Whether the container may do what the node may.</summary>
    public bool? Privileged { get; init; }

    /// <summary>How /proc is mounted.</summary>
    public string? ProcMount { get; init; }

    /// <summary>Whether the root file system is read-only.</summary>
    public bool? ReadOnlyRootFilesystem { get; init; }

    /// <summary>Group id.</summary>
    public long? RunAsGroup { get; init; }

    /// <summary>Whether root is refused.</summary>
    public bool? RunAsNonRoot { get; init; }

    /// <summary>User id.</summary>
    public long? RunAsUser { get; init; }

    /// <summary>SELinux label.</summary>
    public SELinuxOptions? SeLinuxOptions { get; init; }

    /// <summary>Seccomp profile.</summary>
    public SeccompProfile? SeccompProfile { get; init; }

    /// <summary>Settings on Windows.</summary>
    public WindowsSecurityContextOptions? WindowsOptions { get; init; }
}
