namespace K124.Sim.Model;

/// <summary>An error of attaching or detaching.</summary>
public sealed record VolumeError
{
    /// <summary>Text for people.</summary>
    public string Message { get; init => field = value ?? ""; } = "";

    /// <summary>When it happened.</summary>
    public DateTimeOffset? Time { get; init; }
}
