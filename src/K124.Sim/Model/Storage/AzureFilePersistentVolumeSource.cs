namespace K124.Sim.Model;

/// <summary>An Azure file share behind a persistent volume.</summary>
public sealed record AzureFilePersistentVolumeSource
{
    /// <summary>Secret with the storage account.</summary>
    public string SecretName { get; init => field = value ?? ""; } = "";

    /// <summary>Name of the share.</summary>
    public string ShareName { get; init => field = value ?? ""; } = "";

    /// <summary>True to mount it read-only.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>Namespace of the Secret.</summary>
    public string? SecretNamespace { get; init; }
}
