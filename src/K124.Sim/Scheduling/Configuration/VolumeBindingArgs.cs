using System.Collections.Immutable;
using K124.Sim.Model;

namespace K124.Sim.Scheduling.Configuration;

/// <summary>Arguments of VolumeBinding.</summary>
/// <remarks>Kubernetes 1.24 pkg/scheduler/apis/config (VolumeBindingArgs); KEP-1845.</remarks>
public sealed record VolumeBindingArgs
{
    private readonly Items<UtilizationShapePoint> _shape;

    /// <summary>How long the scheduler waits, before it binds a pod, for the volumes of its claims, in seconds.</summary>
    /// <value>From 0 on; 600 by default.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public long BindTimeoutSeconds
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            field = value;
        }
    } = 600;

    /// <summary>Score of a node, 0 to 10, by how full the volumes chosen there would be; only with the gate VolumeCapacityPriority.</summary>
    /// <value>None by default, which stands for 0 at 0 percent and 10 at 100: the fuller, the better.</value>
    public ImmutableArray<UtilizationShapePoint> Shape { get => _shape.Array; init => _shape = new(value); }
}
