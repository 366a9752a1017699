namespace K124.Sim.Platform;

/// <summary>Which Kubernetes is meant: release, feature gates, and the seed of whatever is drawn at random.</summary>
public sealed record ClusterProfile
{
    /// <summary>The newest release of 1.24 with its default gates, and the seed 0.</summary>
    public static ClusterProfile Default { get; } = new();

    /// <summary>Release of the 1.24 series.</summary>
    /// <value>The newest by default.</value>
    public KubernetesRelease Release { get; init; }

    /// <summary>Feature gates of all components.</summary>
    /// <value>The defaults of 1.24.</value>
    public FeatureGates FeatureGates { get; init => field = value ?? FeatureGates.Default; } = FeatureGates.Default;

    /// <summary>Seed of what Kubernetes draws at random: uids, generated names, ties.</summary>
    /// <value>0 by default.</value>
    public ulong Seed { get; init; }

    /// <summary>The profile of a release.</summary>
    /// <param name="release">The release.</param>
    /// <returns>The profile, with default gates and the seed 0.</returns>
    public static ClusterProfile Of(KubernetesRelease release) => new() { Release = release };

    /// <summary>The profile of the newest release with gates.</summary>
    /// <param name="gates">The gates.</param>
    /// <returns>The profile, with the seed 0.</returns>
    public static ClusterProfile Of(FeatureGates gates) => new() { FeatureGates = gates };

    /// <summary>The profile with one more gate set.</summary>
    /// <param name="gate">Name of the gate.</param>
    /// <param name="isEnabled">Its value.</param>
    /// <returns>The new profile.</returns>
    /// <exception cref="ArgumentException">The name is unknown, or the gate is locked to the other value; the message is that of 1.24.</exception>
    public ClusterProfile With(string gate, bool isEnabled) => this with { FeatureGates = FeatureGates.With(gate, isEnabled) };

    internal bool IsEnabled(string gate) => FeatureGates.IsEnabled(gate);
}
