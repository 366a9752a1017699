namespace K124.Sim.Model;

/// <summary>A file that holds a fact of the pod.</summary>
public sealed record DownwardAPIVolumeFile
{
    /// <summary>A field of the pod.</summary>
    public ObjectFieldSelector? FieldRef { get; init; }

    /// <summary>Mode bits of the file; null means the volume's.</summary>
    public int? Mode { get; init; }

    /// <summary>Path.</summary>
    public string Path { get; init => field = value ?? ""; } = "";

    /// <summary>A resource of a container.</summary>
    public ResourceFieldSelector? ResourceFieldRef { get; init; }
}
