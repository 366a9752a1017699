using K124.Sim.Kinds.CustomResources;
using K124.Sim.Kinds.Services;

namespace K124.Sim.Kinds;

/// <summary>Kinds that the server itself acts upon: services, whose addresses it gives out, and the definitions of custom resources.</summary>
internal static partial class KindStrategies
{
    private static IEnumerable<KindStrategy> Serving() => [new ServiceStrategy(), new PodSecurityPolicyStrategy(), new CustomResourceDefinitionStrategy()];
}
