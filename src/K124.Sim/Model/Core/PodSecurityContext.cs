using System.Collections.Immutable;

namespace K124.Sim.Model;

/// <summary>Security settings of a pod.</summary>
public sealed record PodSecurityContext
{
    private readonly Items<long> _supplementalGroups;
    private readonly Items<Sysctl> _sysctls;

    /// <summary>Group id of volumes.</summary>
    public long? FsGroup { get; init; }

    /// <summary>When ownership of volumes is changed.</summary>
    public string? FsGroupChangePolicy { get; init; }

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

    /// <summary>Further group ids.</summary>
    public ImmutableArray<long> SupplementalGroups { get => _supplementalGroups.Array; init => _supplementalGroups = new(value); }

    /// <summary>Kernel parameters.</summary>
    public ImmutableArray<Sysctl> Sysctls { get => _sysctls.Array; init => _sysctls = new(value); }

    /// <summary>Settings on Windows.</summary>
    public WindowsSecurityContextOptions? WindowsOptions { get; init; }
}
