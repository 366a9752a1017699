namespace K124.Sim.Model;

/// <summary>Versions of the software on a <see cref="Node"/>.</summary>
public sealed record NodeSystemInfo
{
    /// <summary>Identity of the machine.</summary>
    public string MachineID { get; init => field = value ?? ""; } = "";

    /// <summary>Hardware identity.</summary>
    public string SystemUUID { get; init => field = value ?? ""; } = "";

    /// <summary>Identity of the current boot.</summary>
    public string BootID { get; init => field = value ?? ""; } = "";

    /// <summary>Kernel version.</summary>
    public string KernelVersion { get; init => field = value ?? ""; } = "";

    /// <summary>Operating system image.</summary>
    public string OsImage { get; init => field = value ?? ""; } = "";

    /// <summary>Runtime and version, for example <c>containerd://1.6.6</c>.</summary>
    public string ContainerRuntimeVersion { get; init => field = value ?? ""; } = "";

    /// <summary>Version of the kubelet.</summary>
    public string KubeletVersion { get; init => field = value ?? ""; } = "";

    /// <summary>Version of kube-proxy.</summary>
    public string KubeProxyVersion { get; init => field = value ?? ""; } = "";

    /// <summary>Operating system.</summary>
    public string OperatingSystem { get; init => field = value ?? ""; } = "";

    /// <summary>Processor architecture.</summary>
    public string Architecture { get; init => field = value ?? ""; } = "";
}
