using System.Collections.Immutable;
using K124.Sim.Text;

namespace K124.Sim.Platform.Credentials;

internal sealed partial record CredentialProviderConfig
{
    private const string V1Alpha1 = "credentialprovider.kubelet.k8s.io/v1alpha1";
    private const string V1Beta1 = "credentialprovider.kubelet.k8s.io/v1beta1";

    /// <summary>What keeps the kubelet from starting with this configuration, in its words; empty if nothing does.</summary>
    public ImmutableArray<string> Validate() => Providers.Length == 0
        ? ["providers: Required value: at least 1 item in plugins is required"]
        : [.. Providers.SelectMany(Faults)];

    private static IEnumerable<string> Faults(CredentialProvider provider) =>
        NameFaults(provider.Name).Concat(VersionFaults(provider.ApiVersion)).Concat(ImageFaults(provider.MatchImages))
            .Concat(DurationFaults(provider.DefaultCacheDurationNanos));

    private static IEnumerable<string> NameFaults(string name)
    {
        if (name.Contains('/', StringComparison.Ordinal))
        {
            yield return NameFault(name, "contain '/'");
        }

        if (name.Contains(' ', StringComparison.Ordinal))
        {
            yield return NameFault(name, "contain spaces");
        }

        if (name is "." or "..")
        {
            yield return NameFault(name, $"be '{name}'");
        }
    }

    private static string NameFault(string name, string what) => $"providers.name: Invalid value: {GoText.Quote(name)}: provider name cannot {what}";

    private static IEnumerable<string> VersionFaults(string version) => version switch
    {
        "" => ["providers.apiVersion: Required value: apiVersion is required"],
        V1Alpha1 or V1Beta1 => [],
        _ => [$"providers.apiVersion: Unsupported value: {GoText.Quote(version)}: supported values: \"{V1Alpha1}\", \"{V1Beta1}\""],
    };

    private static IEnumerable<string> ImageFaults(ImmutableArray<string> images)
    {
        if (images.Length == 0)
        {
            yield return "providers.matchImages: Required value: at least 1 item in matchImages is required";
        }

        foreach (var image in images)
        {
            if (!ImagePattern.TryParse(image, out _, out var problem))
            {
                yield return $"providers.matchImages: Invalid value: {GoText.Quote(image)}: match image is invalid: {problem}";
            }
        }
    }

    private static IEnumerable<string> DurationFaults(long? nanos) => nanos switch
    {
        null => ["providers.defaultCacheDuration: Required value: defaultCacheDuration is required"],
        < 0 => [$"providers.defaultCacheDuration: Invalid value: {GoDuration.Text(nanos.Value)}: defaultCacheDuration must be greater than or equal to 0"],
        _ => [],
    };
}
