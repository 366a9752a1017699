namespace K124.Sim.Model;

/// <summary>An environment variable of a container.</summary>
public sealed record EnvVar
{
    /// <summary>Name of the variable.</summary>
    public string Name { get; init => field = value ?? ""; } = "";

    /// <summary>The value; references such as <c>$(OTHER)</c> are kept as they are.</summary>
    public string Value { get; init => field = value ?? ""; } = "";

    /// <summary>Where the value comes from when it is not given.</summary>
    public EnvVarSource? ValueFrom { get; init; }
}
