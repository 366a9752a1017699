using System.Collections.Frozen;

namespace K124.Sim.Kinds.Tables;

/// <summary>The printers of the kinds that 1.24 serves.</summary>
internal static class TablePrinters
{
    private static readonly TablePrinter Plain = new CreatedAtTable();

    private static readonly FrozenDictionary<(string Group, string Kind), TablePrinter> Printers = new Dictionary<(string Group, string Kind), TablePrinter>
    {
        [("", "ComponentStatus")] = CoreTables.ComponentStatus,
        [("", "ConfigMap")] = CoreTables.ConfigMap,
        [("", "Endpoints")] = EndpointsTables.Endpoints,
        [("", "Event")] = new EventTable(),
        [("", "Namespace")] = CoreTables.Namespace,
        [("", "Node")] = new NodeTable(),
        [("", "PersistentVolume")] = StorageTables.PersistentVolume,
        [("", "PersistentVolumeClaim")] = StorageTables.PersistentVolumeClaim,
        [("", "Pod")] = new PodTable(),
        [("", "PodTemplate")] = WorkloadTables.PodTemplate,
        [("", "ReplicationController")] = WorkloadTables.ReplicationController,
        [("", "ResourceQuota")] = CoreTables.ResourceQuota,
        [("", "Secret")] = CoreTables.Secret,
        [("", "Service")] = new ServiceTable(),
        [("", "ServiceAccount")] = CoreTables.ServiceAccount,
        [("admissionregistration.k8s.io", "MutatingWebhookConfiguration")] = PolicyTables.WebhookConfiguration,
        [("admissionregistration.k8s.io", "ValidatingWebhookConfiguration")] = PolicyTables.WebhookConfiguration,
        [("apiregistration.k8s.io", "APIService")] = PolicyTables.APIService,
        [("apps", "ControllerRevision")] = WorkloadTables.ControllerRevision,
        [("apps", "DaemonSet")] = WorkloadTables.DaemonSet,
        [("apps", "Deployment")] = WorkloadTables.Deployment,
        [("apps", "ReplicaSet")] = WorkloadTables.ReplicaSet,
        [("apps", "StatefulSet")] = WorkloadTables.StatefulSet,
        [("autoscaling", "HorizontalPodAutoscaler")] = new HorizontalPodAutoscalerTable(),
        [("batch", "CronJob")] = WorkloadTables.CronJob,
        [("batch", "Job")] = WorkloadTables.Job,
        [("certificates.k8s.io", "CertificateSigningRequest")] = AccessTables.CertificateSigningRequest,
        [("coordination.k8s.io", "Lease")] = PolicyTables.Lease,
        [("discovery.k8s.io", "EndpointSlice")] = EndpointsTables.EndpointSlice,
        [("events.k8s.io", "Event")] = new EventTable(),
        [("flowcontrol.apiserver.k8s.io", "FlowSchema")] = new FlowSchemaTable(),
        [("flowcontrol.apiserver.k8s.io", "PriorityLevelConfiguration")] = PolicyTables.PriorityLevelConfiguration,
        [("networking.k8s.io", "Ingress")] = NetworkingTables.Ingress,
        [("networking.k8s.io", "IngressClass")] = NetworkingTables.IngressClass,
        [("networking.k8s.io", "NetworkPolicy")] = NetworkingTables.NetworkPolicy,
        [("node.k8s.io", "RuntimeClass")] = PolicyTables.RuntimeClass,
        [("policy", "PodDisruptionBudget")] = PolicyTables.PodDisruptionBudget,
        [("rbac.authorization.k8s.io", "ClusterRoleBinding")] = AccessTables.RoleBinding,
        [("rbac.authorization.k8s.io", "RoleBinding")] = AccessTables.RoleBinding,
        [("scheduling.k8s.io", "PriorityClass")] = PolicyTables.PriorityClass,
        [("storage.k8s.io", "CSIDriver")] = StorageTables.CSIDriver,
        [("storage.k8s.io", "CSINode")] = StorageTables.CSINode,
        [("storage.k8s.io", "StorageClass")] = StorageTables.StorageClass,
        [("storage.k8s.io", "VolumeAttachment")] = StorageTables.VolumeAttachment,
    }.ToFrozenDictionary();

    /// <summary>The printer of a kind. Kinds without columns of their own show name and time of creation.</summary>
    public static TablePrinter For(string group, string kind) => Printers.GetValueOrDefault((group, kind), Plain);
}
