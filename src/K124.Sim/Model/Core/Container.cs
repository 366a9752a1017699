using System.Collections.Immutable;

namespace K124.Sim.Model;

/// <summary>One container of a pod.</summary>
public sealed record Container
{
    private readonly Items<ContainerPort> _ports;

    /// <summary>Name, unique in the pod.</summary>
    public string Name { get; init => field = value ?? ""; } = "";

    /// <summary>Image reference.</summary>
    public string Image { get; init => field = value ?? ""; } = "";

    /// <summary>Requested and limited resources.</summary>
    public ResourceRequirements Resources { get; init => field = value ?? ResourceRequirements.Default; } = ResourceRequirements.Default;

    /// <summary>Ports the container listens on.</summary>
    public ImmutableArray<ContainerPort> Ports { get => _ports.Array; init => _ports = new(value); }
}
