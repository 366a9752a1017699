namespace K124.Sim.Model;

/// <summary>A ConfigMap or Secret whose entries become environment variables.</summary>
public sealed record EnvFromSource
{
    /// <summary>A ConfigMap.</summary>
    public OptionalObjectReference? ConfigMapRef { get; init; }

    /// <summary>Prefix of the variables.</summary>
    public string Prefix { get; init => field = value ?? ""; } = "";

    /// <summary>Secret with credentials.</summary>
    public OptionalObjectReference? SecretRef { get; init; }
}
