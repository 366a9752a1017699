namespace K124.Sim.Scheduling.Configuration;

/// <summary>Arguments of InterPodAffinity.</summary>
/// <remarks>Kubernetes 1.24 pkg/scheduler/apis/config (InterPodAffinityArgs).</remarks>
public sealed record InterPodAffinityArgs
{
    private const int MaxWeight = 100;

    /// <summary>What a pod on a node adds to the score of its domain if its required affinity means the incoming pod.</summary>
    /// <value>0 to 100; 1 by default.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not from 0 to 100.</exception>
    public int HardPodAffinityWeight
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, MaxWeight);
            field = value;
        }
    } = 1;
}
