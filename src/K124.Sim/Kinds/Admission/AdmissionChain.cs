using System.Collections.Immutable;
using K124.Sim.Api;

namespace K124.Sim.Kinds.Admission;

/// <summary>Admission plugins in the order in which the server asks them.</summary>
/// <param name="plugins">The plugins.</param>
internal sealed class AdmissionChain(ImmutableArray<AdmissionPlugin> plugins)
{
    /// <summary>The plugins that are on by default.</summary>
    public static AdmissionChain Default { get; } = new(DefaultPlugins());

    /// <summary>The plugins, first to last.</summary>
    public ImmutableArray<AdmissionPlugin> Plugins { get; } = plugins;

    /// <summary>The same chain without some of its plugins.</summary>
    /// <param name="names">Names of the plugins to leave out.</param>
    /// <returns>The chain.</returns>
    public AdmissionChain Without(params ReadOnlySpan<string> names)
    {
        var left = Plugins.ToBuilder();
        foreach (var name in names)
        {
            for (var i = left.Count - 1; i >= 0; i--)
            {
                if (left[i].Name == name)
                {
                    left.RemoveAt(i);
                }
            }
        }

        return new(left.ToImmutable());
    }

    /// <summary>The same chain with a plugin before the one of a name, or at the end.</summary>
    /// <param name="plugin">The plugin.</param>
    /// <param name="before">Name of the plugin that comes after it.</param>
    /// <returns>The chain.</returns>
    public AdmissionChain With(AdmissionPlugin plugin, string before)
    {
        var index = 0;
        while (index < Plugins.Length && Plugins[index].Name != before)
        {
            index++;
        }

        return new(Plugins.Insert(index, plugin));
    }

    /// <summary>Lets every plugin change the object, until one refuses; all of them once more if a webhook changed it.</summary>
    /// <param name="request">The request.</param>
    /// <returns>The refusal; null if there is none.</returns>
    public ApiStatus? Mutate(AdmissionRequest request) =>
        MutateOnce(request) ?? (request.Reinvocation.Begin() ? MutateOnce(request) : null);

    private ApiStatus? MutateOnce(AdmissionRequest request)
    {
        foreach (var plugin in Plugins)
        {
            if (plugin.Mutate(request) is { } refusal)
            {
                return refusal;
            }
        }

        return null;
    }

    /// <summary>Lets every plugin judge the object, until one refuses.</summary>
    /// <param name="request">The request.</param>
    /// <returns>The refusal; null if there is none.</returns>
    public ApiStatus? Validate(AdmissionRequest request)
    {
        foreach (var plugin in Plugins)
        {
            if (plugin.Validate(request) is { } refusal)
            {
                return refusal;
            }
        }

        return null;
    }

    private static ImmutableArray<AdmissionPlugin> DefaultPlugins() =>
    [
        new NamespaceLifecycle(),
        new LimitRanger(),
        new ServiceAccountPlugin(),
        new TaintNodesByCondition(),
        new PodSecurityPlugin(),
        new PriorityPlugin(),
        new DefaultTolerationSeconds(),
        new DefaultStorageClass(),
        new StorageObjectInUseProtection(),
        new RuntimeClassPlugin(),
        new DefaultIngressClass(),
        new CertificateSubjectRestriction(),
        new PersistentVolumeClaimResize(),
        new ResourceQuotaPlugin(),
    ];
}
