using System.Collections.Immutable;
using K124.Sim.Model;

namespace K124.Sim.Platform;

/// <summary>Which feature gates are on: the defaults of 1.24, and what was set explicitly.</summary>
/// <remarks>Setting gives a new value; equal when the same gates are set to the same values. Kubernetes 1.24 component-base/featuregate.</remarks>
public sealed partial class FeatureGates : IEquatable<FeatureGates>
{
    private const string AllAlpha = "AllAlpha";
    private const string AllBeta = "AllBeta";

    private FeatureGates(StringMap<bool> settings) => Settings = settings;

    /// <summary>The defaults of Kubernetes 1.24.</summary>
    public static FeatureGates Default { get; } = new(StringMap<bool>.Empty);

    /// <summary>The gates that were set, by <c>AllAlpha</c> and <c>AllBeta</c> too, in the order of their names.</summary>
    public StringMap<bool> Settings { get; }

    /// <summary>The defaults with the given gates set, all at once.</summary>
    /// <param name="settings">Names and values; of a repeated name the last value counts.</param>
    /// <returns>The gates.</returns>
    /// <exception cref="ArgumentException">A name is unknown, or a locked gate would change; the message is that of 1.24.</exception>
    public static FeatureGates Of(params ReadOnlySpan<(string Name, bool IsEnabled)> settings)
    {
        var values = new SortedDictionary<string, bool>(StringComparer.Ordinal);
        foreach (var (name, isEnabled) in settings)
        {
            values[name] = isEnabled;
        }

        return Default.Set(values.ToStringMap()).OrThrow(nameof(settings));
    }

    /// <summary>Whether a feature is on.</summary>
    /// <param name="name">Name of its gate.</param>
    /// <returns>What was set, else the default.</returns>
    /// <exception cref="ArgumentException">1.24 has no gate of that name.</exception>
    public bool IsEnabled(string name)
    {
        var gate = FeatureGate.Find(name) ?? throw new ArgumentException(Unknown(name), nameof(name));
        return Settings.TryGetValue(name, out var isEnabled) ? isEnabled : gate.Default;
    }

    /// <summary>The gates with one more set.</summary>
    /// <param name="name">Name of the gate.</param>
    /// <param name="isEnabled">Its value.</param>
    /// <returns>The new gates.</returns>
    /// <exception cref="ArgumentException">The name is unknown, or the gate is locked to the other value; the message is that of 1.24.</exception>
    public FeatureGates With(string name, bool isEnabled) => Set(StringMap.Of((name, isEnabled))).OrThrow(nameof(name));

    /// <summary>Sets gates, all or none.</summary>
    /// <param name="settings">Values by name.</param>
    /// <returns>The new gates, or the first error in the order of the names.</returns>
    /// <remarks><c>AllAlpha</c> and <c>AllBeta</c> set each gate of their stage that was never set itself, here or before.</remarks>
    public FeatureGateChange Set(StringMap<bool> settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var values = new SortedDictionary<string, bool>(StringComparer.Ordinal);
        foreach (var (name, isEnabled) in Settings)
        {
            values[name] = isEnabled;
        }

        var warnings = ImmutableArray.CreateBuilder<string>();
        foreach (var (name, isEnabled) in settings)
        {
            if (FeatureGate.Find(name) is not { } gate)
            {
                return FeatureGateChange.Refused(Unknown(name));
            }

            if (gate.LockToDefault && isEnabled != gate.Default)
            {
                return FeatureGateChange.Refused($"cannot set feature gate {name} to {Text(isEnabled)}, feature is locked to {Text(gate.Default)}");
            }

            values[name] = isEnabled;
            if (gate.Stage is FeatureStage.GA or FeatureStage.Deprecated)
            {
                warnings.Add($"Setting {(gate.Stage == FeatureStage.GA ? "GA" : "deprecated")} feature gate {name}={Text(isEnabled)}. "
                    + "It will be removed in a future release.");
            }
        }

        SetStage(values, settings, AllAlpha, FeatureStage.Alpha);
        SetStage(values, settings, AllBeta, FeatureStage.Beta);
        return new(new(values.ToStringMap()), null, warnings.ToImmutable());
    }

    /// <inheritdoc/>
    public bool Equals(FeatureGates? other) => other is not null && Settings.Equals(other.Settings);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as FeatureGates);

    /// <inheritdoc/>
    public override int GetHashCode() => Settings.GetHashCode();

    /// <summary>The settings as <see cref="Set(string)"/> reads them.</summary>
    /// <returns>For example <c>ReadWriteOncePod=true,VolumeCapacityPriority=true</c>.</returns>
    public override string ToString() => string.Join(',', Settings.Select(setting => $"{setting.Key}={Text(setting.Value)}"));

    private static void SetStage(SortedDictionary<string, bool> values, StringMap<bool> settings, string name, FeatureStage stage)
    {
        if (!settings.TryGetValue(name, out var isEnabled))
        {
            return;
        }

        foreach (var gate in FeatureGate.All.Where(gate => gate.Stage == stage))
        {
            values.TryAdd(gate.Name, isEnabled);
        }
    }

    private static string Unknown(string name) => $"unrecognized feature gate: {name}";

    private static string Text(bool value) => value ? "true" : "false";
}
