using K124.Sim.Model;

namespace K124.Sim.Workloads;

/// <summary>The arithmetic of rolling updates.</summary>
/// <remarks>Kubernetes 1.24 pkg/controller/deployment/util.</remarks>
internal static class RollingUpdate
{
    public const string TypeName = "RollingUpdate";

    /// <summary>What surge and unavailability come to for a number of replicas: never both none.</summary>
    public static (int Surge, int Unavailable, string? Error) Fenceposts(IntOrString? maxSurge, IntOrString? maxUnavailable, int replicas)
    {
        var surge = ScaledValue.Of(maxSurge ?? new(0), replicas, roundUp: true, out var error);
        if (error is not null)
        {
            return (0, 0, error);
        }

        var unavailable = ScaledValue.Of(maxUnavailable ?? new(0), replicas, roundUp: false, out error);
        return error is not null ? (0, 0, error) : (surge, surge == 0 && unavailable == 0 ? 1 : unavailable, null);
    }

    /// <summary>How many pods may exist above the wanted number; none unless the strategy is a rolling update.</summary>
    public static int MaxSurge(Deployment deployment) => IsRolling(deployment) ? Fenceposts(deployment).Surge : 0;

    /// <summary>How many of the wanted pods may be missing; none unless the strategy is a rolling update.</summary>
    public static int MaxUnavailable(Deployment deployment)
    {
        var replicas = Replicas(deployment);
        return IsRolling(deployment) && replicas != 0 ? Math.Min(Fenceposts(deployment).Unavailable, replicas) : 0;
    }

    public static bool IsRolling(Deployment deployment) => deployment.Spec.Strategy.Type == TypeName;

    public static int Replicas(Deployment deployment) => deployment.Spec.Replicas ?? 1;

    /// <summary>The size that the newest ReplicaSet may have now.</summary>
    /// <param name="deployment">The Deployment.</param>
    /// <param name="size">Size that it has.</param>
    /// <param name="total">Sizes of all ReplicaSets, this one included.</param>
    /// <param name="error">Why there is none; null otherwise.</param>
    public static int NewReplicaSetSize(Deployment deployment, int size, int total, out string? error)
    {
        error = null;
        var replicas = Replicas(deployment);
        switch (deployment.Spec.Strategy.Type)
        {
            case TypeName:
                var surge = ScaledValue.Of(deployment.Spec.Strategy.RollingUpdate?.MaxSurge ?? new(0), replicas, roundUp: true, out error);
                return error is not null ? 0 : NewReplicaSetSize(replicas, surge, size, total);
            case "Recreate":
                return replicas;
            default:
                error = $"deployment type {deployment.Spec.Strategy.Type} isn't supported";
                return 0;
        }
    }

    /// <summary>The size that the newest ReplicaSet may have now, by numbers alone.</summary>
    public static int NewReplicaSetSize(int replicas, int surge, int size, int total)
    {
        var limit = replicas + surge;
        return total >= limit ? size : size + Math.Min(limit - total, replicas - size);
    }

    /// <summary>A ReplicaSet's share of replicas that are to be added or, below none, taken away.</summary>
    /// <param name="size">Size of the ReplicaSet.</param>
    /// <param name="maxReplicas">Its noted largest size of the Deployment; null if none was noted.</param>
    /// <param name="deployment">The Deployment.</param>
    /// <param name="toAdd">How many replicas are added in all.</param>
    /// <param name="added">How many others have got.</param>
    public static int Proportion(int size, int? maxReplicas, Deployment deployment, int toAdd, int added)
    {
        if (size == 0 || toAdd == 0 || toAdd == added)
        {
            return 0;
        }

        var fraction = Fraction(size, maxReplicas, deployment);
        return toAdd > 0 ? Math.Min(fraction, toAdd - added) : Math.Max(fraction, toAdd - added);
    }

    private static int Fraction(int size, int? maxReplicas, Deployment deployment)
    {
        var replicas = Replicas(deployment);
        if (replicas == 0)
        {
            return -size;
        }

        var product = (double)unchecked(size * (replicas + MaxSurge(deployment)));
        var share = product / (maxReplicas ?? deployment.Status.Replicas);
        return unchecked(Round(share) - size);
    }

    // What is no number of 32 bits becomes the smallest one, as on the machines that Kubernetes runs on.
    private static int Round(double value)
    {
        const double Half = 0.5;
        var rounded = Math.Truncate(value < 0 ? value - Half : value + Half);
        return rounded is >= int.MinValue and <= int.MaxValue ? (int)rounded : int.MinValue;
    }

    private static (int Surge, int Unavailable, string? Error) Fenceposts(Deployment deployment) => Fenceposts(
        deployment.Spec.Strategy.RollingUpdate?.MaxSurge, deployment.Spec.Strategy.RollingUpdate?.MaxUnavailable, Replicas(deployment));
}
