namespace K124.Sim.Model;

/// <summary>How a <see cref="Quantity"/> is written.</summary>
/// <remarks>Kubernetes 1.24 apimachinery/pkg/api/resource.</remarks>
public enum QuantityFormat
{
    /// <summary>Powers of ten by suffix, for example <c>1500m</c> or <c>12M</c>.</summary>
    DecimalSI,

    /// <summary>Powers of 1024 by suffix, for example <c>4Gi</c>.</summary>
    BinarySI,

    /// <summary>Powers of ten by exponent, for example <c>12e6</c>.</summary>
    DecimalExponent,
}
