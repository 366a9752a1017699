using System.Collections.Frozen;

namespace K124.Sim.Platform;

/// <summary>A feature gate of Kubernetes 1.24 and its default.</summary>
/// <param name="Name">Name, for example <c>ReadWriteOncePod</c>.</param>
/// <param name="Stage">How mature the feature is.</param>
/// <param name="Default">Whether it is on unless set.</param>
/// <param name="LockToDefault">Whether it cannot be set to anything else.</param>
/// <remarks>Kubernetes 1.24 pkg/features, apiserver/pkg/features, component-base/logs and component-base/featuregate.</remarks>
public sealed partial record FeatureGate(string Name, FeatureStage Stage, bool Default, bool LockToDefault = false)
{
    /// <summary>Finds a gate.</summary>
    /// <param name="name">Its name; upper and lower case count.</param>
    /// <returns>The gate, or null if 1.24 has none of that name.</returns>
    public static FeatureGate? Find(string name) => Index.ByName.GetValueOrDefault(name);

    // A class of its own: fields of partial files have no order of initialisation.
    private static class Index
    {
        public static readonly FrozenDictionary<string, FeatureGate> ByName = All.ToFrozenDictionary(static gate => gate.Name, StringComparer.Ordinal);
    }
}
