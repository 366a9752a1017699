namespace K124.Sim.Manifests.Internal;

/// <summary>What a first look at an object tells.</summary>
internal struct ObjectHead
{
    public ObjectHead()
    {
    }

    /// <summary>API version, or null if the object does not say.</summary>
    public string? ApiVersion { get; set; }

    /// <summary>Kind, or null if the object does not say.</summary>
    public string? Kind { get; set; }

    /// <summary>Whether the object has an array <c>items</c>, and so is a list.</summary>
    public bool HasItems { get; set; }

    /// <summary>Whether some array, modelled or not, holds null.</summary>
    public bool HasNullElement { get; set; }

    /// <summary>Whether some member may be a field that came after 1.24.</summary>
    public bool MayHaveNewerFields { get; set; }

    /// <summary>Where the second of two members of the same name begins, or -1.</summary>
    public int DuplicateAt { get; set; } = -1;
}
