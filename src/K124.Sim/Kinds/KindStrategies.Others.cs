using K124.Sim.Kinds.Strategies;

namespace K124.Sim.Kinds;

/// <summary>Kinds of nodes, networks, storage, access and registration.</summary>
internal static partial class KindStrategies
{
    private static IEnumerable<KindStrategy> Others() =>
    [
        new NodeStrategy(),
        new ConfigMapStrategy(),
        new SecretStrategy(),
        new ServiceAccountStrategy(),
        new EndpointsStrategy(),
        new EndpointSliceStrategy(),
        new EventStrategy(isCore: true),
        new EventStrategy(isCore: false),
        new LeaseStrategy(),
        new PersistentVolumeStrategy(),
        new PersistentVolumeClaimStrategy(),
        new StorageClassStrategy(),
        new CSIDriverStrategy(),
        new CSINodeStrategy(),
        new CSIStorageCapacityStrategy(),
        new VolumeAttachmentStrategy(),
        new IngressStrategy(),
        new IngressClassStrategy(),
        new NetworkPolicyStrategy(),
        new RoleStrategy(isNamespaced: true),
        new RoleStrategy(isNamespaced: false),
        new RoleBindingStrategy(isNamespaced: true),
        new RoleBindingStrategy(isNamespaced: false),
        new WebhookConfigurationStrategy(isMutating: true),
        new WebhookConfigurationStrategy(isMutating: false),
        new APIServiceStrategy(),
        new CertificateSigningRequestStrategy(),
        new FlowSchemaStrategy(),
        new PriorityLevelConfigurationStrategy(),
    ];
}
