using System.Collections.Immutable;

namespace K124.Sim.Model;

/// <summary>One container of a pod.</summary>
public sealed record Container
{
    private readonly Items<ContainerPort> _ports;
    private readonly Items<string> _command;
    private readonly Items<string> _args;
    private readonly Items<EnvVar> _env;

    /// <summary>Name, unique in the pod.</summary>
    public string Name { get; init => field = value ?? ""; } = "";

    /// <summary>Image reference.</summary>
    public string Image { get; init => field = value ?? ""; } = "";

    /// <summary>Requested and limited resources.</summary>
    public ResourceRequirements Resources { get; init => field = value ?? ResourceRequirements.Default; } = ResourceRequirements.Default;

    /// <summary>Ports the container listens on.</summary>
    public ImmutableArray<ContainerPort> Ports { get => _ports.Array; init => _ports = new(value); }

    /// <summary>Entry point; empty means the image's.</summary>
    public ImmutableArray<string> Command { get => _command.Array; init => _command = new(value); }

    /// <summary>Arguments of the entry point.</summary>
    public ImmutableArray<string> Args { get => _args.Array; init => _args = new(value); }

    /// <summary>Environment variables, in order.</summary>
    public ImmutableArray<EnvVar> Env { get => _env.Array; init => _env = new(value); }

    /// <summary><c>Always</c>, <c>IfNotPresent</c> or <c>Never</c>; empty before defaulting.</summary>
    public string ImagePullPolicy { get; init => field = value ?? ""; } = "";

    /// <summary>File that the container may leave a last message in.</summary>
    public string TerminationMessagePath { get; init => field = value ?? ""; } = "";

    /// <summary><c>File</c> or <c>FallbackToLogsOnError</c>; empty before defaulting.</summary>
    public string TerminationMessagePolicy { get; init => field = value ?? ""; } = "";
}
