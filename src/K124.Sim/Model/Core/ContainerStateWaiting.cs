namespace K124.Sim.Model;

/// <summary>A container that has not started.</summary>
public sealed record ContainerStateWaiting
{
    /// <summary>One-word cause.</summary>
    public string Reason { get; init => field = value ?? ""; } = "";

    /// <summary>Text for people.</summary>
    public string Message { get; init => field = value ?? ""; } = "";
}
