using K124.Sim.Model;
using K124.Sim.Platform;

namespace K124.Sim.Nodes.KubeletStart;

/// <summary>What comes of starting a kubelet of 1.24 with a command line and a configuration file.</summary>
/// <param name="Exit">Why it ends at once; null if it goes on.</param>
/// <param name="Warnings">Lines printed about flags that should not be used, in their order.</param>
/// <param name="Settings">The settings it runs with; null if it ends.</param>
/// <param name="Gates">The feature gates it runs with; null if it ends.</param>
/// <remarks>Kubernetes 1.24 cmd/kubelet/app.</remarks>
internal sealed record KubeletStartResult(string? Exit, IReadOnlyList<string> Warnings, KubeletSettings? Settings = null, FeatureGates? Gates = null)
{
    private const string DynamicConfig = "DynamicKubeletConfig";

    /// <summary>Runs the checks in the kubelet's order; the first that fails ends the start.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="configJson">The configuration file as JSON; null if there is none.</param>
    /// <param name="configPath">What messages call the file.</param>
    public static KubeletStartResult Run(IEnumerable<string> arguments, string? configJson = null, string configPath = "FILE")
    {
        var line = KubeletCommandLine.Parse(arguments);
        if (line.Error is { } error)
        {
            return new($"failed to parse kubelet flag: {error}", line.Warnings);
        }

        if (line.Words.Count > 0)
        {
            return new($"unknown command {line.Words[0]}", line.Warnings);
        }

        var settings = new KubeletSettings();
        line.ApplyTo(settings);
        var exit = SetGates(FeatureGates.Default, settings, out var gates)
            ?? (KubeletFlagValidation.Fault(settings, gates) is { } fault ? $"failed to validate kubelet flags: {fault}" : null)
            ?? ReadFile(configJson, configPath, line, ref settings, ref gates)
            ?? ValidationError(settings, gates)
            ?? (gates.IsEnabled(DynamicConfig) ? $"cannot set feature gate {DynamicConfig} to true, feature is locked to false" : null);
        return exit is null ? new(null, line.Warnings, settings, gates) : new(exit, line.Warnings);
    }

    private static string? SetGates(FeatureGates before, KubeletSettings settings, out FeatureGates gates)
    {
        var change = before.Set(settings.FeatureGates.ToStringMap());
        gates = change.Gates ?? before;
        return change.Error is null ? null : $"failed to set feature gates from initial flags-based config: {change.Error}";
    }

    private static string? ReadFile(string? json, string path, KubeletCommandLine line, ref KubeletSettings settings, ref FeatureGates gates)
    {
        if (json is null)
        {
            return null;
        }

        if (!KubeletConfigFile.TryParse(json, out var read, out var problem))
        {
            return $"failed to load kubelet config file, error: failed to decode: {problem}, path: {path}";
        }

        line.ApplyTo(read);
        settings = read;
        return SetGates(gates, read, out gates);
    }

    private static string? ValidationError(KubeletSettings settings, FeatureGates gates)
    {
        string[] faults = [.. KubeletConfigValidation.Faults(settings, gates).Distinct(StringComparer.Ordinal)];
        return faults.Length switch
        {
            0 => null,
            1 => $"failed to validate kubelet configuration, error: {faults[0]}, path: <value dump>",
            _ => $"failed to validate kubelet configuration, error: [{string.Join(", ", faults)}], path: <value dump>",
        };
    }
}
