namespace K124.Sim.Model;

/// <summary>How the pods of a <see cref="StatefulSet"/> are replaced.</summary>
public sealed record StatefulSetUpdateStrategy
{
    internal static readonly StatefulSetUpdateStrategy Default = new();

    /// <summary>Bounds of the rolling update.</summary>
    public RollingUpdateStatefulSetStrategy? RollingUpdate { get; init; }

    /// <summary><c>RollingUpdate</c> or <c>OnDelete</c>; empty before defaulting.</summary>
    public string Type { get; init => field = value ?? ""; } = "";
}
