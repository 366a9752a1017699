namespace K124.Sim.Model;

/// <summary>Where an entry is written to.</summary>
public sealed record KeyToPath
{
    /// <summary>Key of the entry.</summary>
    public string Key { get; init => field = value ?? ""; } = "";

    /// <summary>Mode bits of the file; null means the volume's.</summary>
    public int? Mode { get; init; }

    /// <summary>Path.</summary>
    public string Path { get; init => field = value ?? ""; } = "";
}
