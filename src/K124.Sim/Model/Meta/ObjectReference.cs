namespace K124.Sim.Model;

/// <summary>A reference to another object.</summary>
public sealed record ObjectReference
{
    internal static readonly ObjectReference Default = new();

    /// <summary>API version of the referent.</summary>
    public string ApiVersion { get; init => field = value ?? ""; } = "";

    /// <summary>Kind of the referent.</summary>
    public string Kind { get; init => field = value ?? ""; } = "";

    /// <summary>Namespace of the referent.</summary>
    public string Namespace { get; init => field = value ?? ""; } = "";

    /// <summary>Name of the referent.</summary>
    public string Name { get; init => field = value ?? ""; } = "";

    /// <summary>UID of the referent.</summary>
    public string Uid { get; init => field = value ?? ""; } = "";

    /// <summary>Version at which the reference was made.</summary>
    public string ResourceVersion { get; init => field = value ?? ""; } = "";

    /// <summary>Part of the object that is meant.</summary>
    public string FieldPath { get; init => field = value ?? ""; } = "";
}
