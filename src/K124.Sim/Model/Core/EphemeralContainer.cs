using System.Collections.Immutable;

namespace K124.Sim.Model;

/// <summary>A container that is added to a running pod.</summary>
public sealed record EphemeralContainer
{
    private readonly Items<string> _args;
    private readonly Items<string> _command;
    private readonly Items<EnvVar> _env;
    private readonly Items<EnvFromSource> _envFrom;
    private readonly Items<ContainerPort> _ports;
    private readonly Items<VolumeDevice> _volumeDevices;
    private readonly Items<VolumeMount> _volumeMounts;

    /// <summary>Arguments of the entry point.</summary>
    public ImmutableArray<string> Args { get => _args.Array; init => _args = new(value); }

    /// <summary>The command.</summary>
    public ImmutableArray<string> Command { get => _command.Array; init => _command = new(value); }

    /// <summary>Environment variables, in order.</summary>
    public ImmutableArray<EnvVar> Env { get => _env.Array; init => _env = new(value); }

    /// <summary>Sources of environment variables.</summary>
    public ImmutableArray<EnvFromSource> EnvFrom { get => _envFrom.Array; init => _envFrom = new(value); }

    /// <summary>Image that runs.</summary>
    public string Image { get; init => field = value ?? ""; } = "";

    /// <summary><c>Always</c>, <c>IfNotPresent</c> or <c>Never</c>; empty before defaulting.</summary>
    public string ImagePullPolicy { get; init => field = value ?? ""; } = "";

    /// <summary>Hooks of the container's life.</summary>
    public Lifecycle? Lifecycle { get; init; }

    /// <summary>Check that the container should go on.</summary>
    public Probe? LivenessProbe { get; init; }

    /// <summary>Name.</summary>
    public string Name { get; init => field = value ?? ""; } = "";

    /// <summary>Ports.</summary>
    public ImmutableArray<ContainerPort> Ports { get => _ports.Array; init => _ports = new(value); }

    /// <summary>Check that the container can serve.</summary>
    public Probe? ReadinessProbe { get; init; }

    /// <summary>Requested and limited resources.</summary>
    public ResourceRequirements? Resources { get; init; }

    /// <summary>Security settings.</summary>
    public SecurityContext? SecurityContext { get; init; }

    /// <summary>Check that the container has started.</summary>
    public Probe? StartupProbe { get; init; }

    /// <summary>Whether the container has a standard input.</summary>
    public bool Stdin { get; init; }

    /// <summary>Whether the standard input is closed after the first client.</summary>
    public bool StdinOnce { get; init; }

    /// <summary>Container whose processes are seen.</summary>
    public string TargetContainerName { get; init => field = value ?? ""; } = "";

    /// <summary>File that the container may leave a last message in.</summary>
    public string TerminationMessagePath { get; init => field = value ?? ""; } = "";

    /// <summary><c>File</c> or <c>FallbackToLogsOnError</c>; empty before defaulting.</summary>
    public string TerminationMessagePolicy { get; init => field = value ?? ""; } = "";

    /// <summary>Whether the container has a terminal.</summary>
    public bool Tty { get; init; }

    /// <summary>Block devices.</summary>
    public ImmutableArray<VolumeDevice> VolumeDevices { get => _volumeDevices.Array; init => _volumeDevices = new(value); }

    /// <summary>Mounted volumes.</summary>
    public ImmutableArray<VolumeMount> VolumeMounts { get => _volumeMounts.Array; init => _volumeMounts = new(value); }

    /// <summary>Working directory; empty means the image's.</summary>
    public string WorkingDir { get; init => field = value ?? ""; } = "";
}
