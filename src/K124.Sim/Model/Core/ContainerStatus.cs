namespace K124.Sim.Model;

/// <summary>Observed state of one container.</summary>
public sealed record ContainerStatus
{
    /// <summary>Name of the container.</summary>
    public string Name { get; init => field = value ?? ""; } = "";

    /// <summary>True once its readiness probe has passed.</summary>
    public bool Ready { get; init; }

    /// <summary>Times the container was restarted.</summary>
    public int RestartCount { get; init; }

    /// <summary>True once its startup probe has passed.</summary>
    public bool? Started { get; init; }

    /// <summary>Present state.</summary>
    public ContainerState? State { get; init; }

    /// <summary>State before the last restart.</summary>
    public ContainerState? LastState { get; init; }

    /// <summary>Identity of the container at the runtime.</summary>
    public string ContainerID { get; init => field = value ?? ""; } = "";

    /// <summary>Image that runs.</summary>
    public string Image { get; init => field = value ?? ""; } = "";

    /// <summary>Identity of the image that runs.</summary>
    public string ImageID { get; init => field = value ?? ""; } = "";
}
