using System.Collections.Immutable;

namespace K124.Sim.Platform.Credentials;

/// <summary>The configuration of the kubelet's image credential providers.</summary>
/// <param name="Providers">The providers, in the order of the file.</param>
internal sealed partial record CredentialProviderConfig(ImmutableArray<CredentialProvider> Providers);

/// <summary>A program that the kubelet asks for credentials.</summary>
/// <param name="Name">Name, which is that of the executable too.</param>
internal sealed record CredentialProvider(string Name)
{
    /// <summary>Places whose images it is asked for.</summary>
    public ImmutableArray<string> MatchImages { get; init; } = [];

    /// <summary>Nanoseconds an answer is kept that names none itself; null if the file names none.</summary>
    public long? DefaultCacheDurationNanos { get; init; }

    /// <summary>Version it is spoken to in.</summary>
    public string ApiVersion { get; init; } = "";

    /// <summary>Arguments it is started with.</summary>
    public ImmutableArray<string> Args { get; init; } = [];

    /// <summary>Variables that are added to the kubelet's own, which they replace.</summary>
    public ImmutableArray<KeyValuePair<string, string>> Env { get; init; } = [];
}
