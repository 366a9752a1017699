namespace K124.Sim.Model;

/// <summary>How the pods of a <see cref="Deployment"/> are replaced.</summary>
public sealed record DeploymentStrategy
{
    internal static readonly DeploymentStrategy Default = new();

    /// <summary>Bounds of the rolling update.</summary>
    public RollingUpdateDeployment? RollingUpdate { get; init; }

    /// <summary><c>RollingUpdate</c> or <c>Recreate</c>; empty before defaulting.</summary>
    public string Type { get; init => field = value ?? ""; } = "";
}
