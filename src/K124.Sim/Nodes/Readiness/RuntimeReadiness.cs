namespace K124.Sim.Nodes.Readiness;

/// <summary>Whether a container runtime is fit for a kubelet of 1.24.</summary>
/// <remarks>These verdicts are this project's own; what lies beneath them is what containerd and CRI-O published for 1.24.</remarks>
internal static class RuntimeReadiness
{
    private const string Rule = "runtime-version";
    private const string CniRule = "cni-version";
    private const string Separator = "://";

    private static readonly RuntimeVersion Containerd15 = Known("1.5.0");
    private static readonly RuntimeVersion Containerd15Tested = Known("1.5.11");
    private static readonly RuntimeVersion Containerd16 = Known("1.6.0-0");
    private static readonly RuntimeVersion Containerd16Tested = Known("1.6.4");
    private static readonly RuntimeVersion CriO124 = Known("1.24.0");
    private static readonly RuntimeVersion Loopback1 = Known("1.0.0");

    /// <summary>Judges a runtime.</summary>
    /// <param name="containerRuntimeVersion">As a node reports it, for example <c>containerd://1.6.4</c>.</param>
    /// <param name="cni">What is known about the node's network plugins; null for nothing.</param>
    /// <returns>The verdict; null if there is nothing to say.</returns>
    public static ReadinessVerdict? Check(string containerRuntimeVersion, CniFacts? cni = null)
    {
        var at = containerRuntimeVersion.IndexOf(Separator, StringComparison.Ordinal);
        var name = at < 0 ? "" : containerRuntimeVersion[..at];
        if (name == "docker")
        {
            return null;
        }

        if (at < 0 || !RuntimeVersion.TryParse(containerRuntimeVersion[(at + Separator.Length)..], out var version, out _))
        {
            return new(ReadinessSeverity.Warn, Rule, $"the runtime '{containerRuntimeVersion}' cannot be told: look at the node itself");
        }

        return name switch
        {
            "containerd" => Containerd(version, cni),
            "cri-o" when version.IsAtLeast(CriO124) => null,
            "cri-o" => new(ReadinessSeverity.Warn, Rule, $"CRI-O {version} is older than the kubelet: its minor version should be 1.24"),
            _ => new(ReadinessSeverity.Warn, Rule, $"nothing is known about the runtime '{name}'"),
        };
    }

    private static ReadinessVerdict? Containerd(RuntimeVersion version, CniFacts? cni)
    {
        if (version.IsAtLeast(Containerd16Tested) || (version.IsAtLeast(Containerd15Tested) && !version.IsAtLeast(Containerd16)))
        {
            return null;
        }

        if (version.IsAtLeast(Containerd16))
        {
            return Containerd16Early(version, cni);
        }

        return new(ReadinessSeverity.Warn, Rule, version.IsAtLeast(Containerd15)
            ? $"containerd {version} is below what was tested with 1.24: upgrade to 1.5.11 or 1.6.4"
            : $"containerd {version} is not supported any more: upgrade to 1.5.11 or 1.6.4");
    }

    private static ReadinessVerdict Containerd16Early(RuntimeVersion version, CniFacts? cni)
    {
        const string Remedy = "upgrade containerd to 1.6.4, or the plugins to 1.0.0, and declare cniVersion in every configuration";
        if (cni is null)
        {
            return new(ReadinessSeverity.Block, CniRule, $"containerd {version} may fail to start and to end every pod's network: {Remedy}");
        }

        if (cni.Configs.Any(static config => config.CniVersion is null))
        {
            return new(ReadinessSeverity.Block, CniRule, $"with containerd {version} and a configuration without cniVersion pods end with "
                + $"\"failed to destroy network for sandbox\": {Remedy}");
        }

        var isLoopbackFit = cni.LoopbackVersion is { } text && RuntimeVersion.TryParse(text, out var loopback, out _) && loopback.IsAtLeast(Loopback1);
        return cni.Configs.All(static config => config.IsSupported) && isLoopbackFit
            ? new(ReadinessSeverity.Warn, CniRule, $"containerd {version} works with these plugins, but not with older ones: upgrade to 1.6.4")
            : new(ReadinessSeverity.Block, CniRule, $"with containerd {version} pods fail to start with \"incompatible CNI versions\": {Remedy}");
    }

    private static RuntimeVersion Known(string text) =>
        RuntimeVersion.TryParse(text, out var version, out var problem) ? version : throw new ArgumentException(problem, nameof(text));
}
