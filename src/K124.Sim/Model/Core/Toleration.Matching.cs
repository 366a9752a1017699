namespace K124.Sim.Model;

public sealed partial record Toleration
{
    /// <summary>Whether this toleration tolerates the taint.</summary>
    /// <param name="taint">The taint.</param>
    /// <returns>True if effect and key are equal or empty here, and the operator holds.</returns>
    /// <remarks>An operator other than <c>Exists</c>, <c>Equal</c> and the empty one tolerates nothing.
    /// Kubernetes 1.24 api/core/v1 (Toleration.ToleratesTaint).</remarks>
    public bool Tolerates(Taint taint)
    {
        ArgumentNullException.ThrowIfNull(taint);
        return (Effect.Length == 0 || Effect == taint.Effect)
            && (Key.Length == 0 || Key == taint.Key)
            && Operator switch
            {
                "Exists" => true,
                "" or "Equal" => Value == taint.Value,
                _ => false,
            };
    }
}
