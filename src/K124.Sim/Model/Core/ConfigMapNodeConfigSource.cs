namespace K124.Sim.Model;

/// <summary>A ConfigMap that held a kubelet's configuration (removed in 1.24).</summary>
public sealed record ConfigMapNodeConfigSource
{
    /// <summary>Entry that held the configuration.</summary>
    public string KubeletConfigKey { get; init => field = value ?? ""; } = "";

    /// <summary>Name.</summary>
    public string Name { get; init => field = value ?? ""; } = "";

    /// <summary>Namespace.</summary>
    public string Namespace { get; init => field = value ?? ""; } = "";

    /// <summary>Version of the object.</summary>
    public string ResourceVersion { get; init => field = value ?? ""; } = "";

    /// <summary>Identity of the object.</summary>
    public string Uid { get; init => field = value ?? ""; } = "";
}
