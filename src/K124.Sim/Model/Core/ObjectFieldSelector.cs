namespace K124.Sim.Model;

/// <summary>Names a field of the object itself.</summary>
public sealed record ObjectFieldSelector
{
    /// <summary>API version of the path; empty counts as <c>v1</c>.</summary>
    public string ApiVersion { get; init => field = value ?? ""; } = "";

    /// <summary>Path of the field.</summary>
    public string FieldPath { get; init => field = value ?? ""; } = "";
}
