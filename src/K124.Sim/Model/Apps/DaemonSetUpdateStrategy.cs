namespace K124.Sim.Model;

/// <summary>How the pods of a <see cref="DaemonSet"/> are replaced.</summary>
public sealed record DaemonSetUpdateStrategy
{
    internal static readonly DaemonSetUpdateStrategy Default = new();

    /// <summary>Bounds of the rolling update.</summary>
    public RollingUpdateDaemonSet? RollingUpdate { get; init; }

    /// <summary><c>RollingUpdate</c> or <c>OnDelete</c>; empty before defaulting.</summary>
    public string Type { get; init => field = value ?? ""; } = "";
}
