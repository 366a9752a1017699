using System.Collections.Immutable;

namespace K124.Sim.Platform;

internal sealed partial record ApiResource
{
    /// <summary>The resources that earlier releases served and 1.24 has no storage for.</summary>
    public static ImmutableArray<ApiResource> Gone { get; } =
    [
        new("admissionregistration.k8s.io/v1beta1", "mutatingwebhookconfigurations", "MutatingWebhookConfiguration") { IsNamespaced = false, DeprecatedMinor = 16, RemovedMinor = 22, Replacement = "admissionregistration.k8s.io/v1", HasStorage = false },
        new("admissionregistration.k8s.io/v1beta1", "validatingwebhookconfigurations", "ValidatingWebhookConfiguration") { IsNamespaced = false, DeprecatedMinor = 16, RemovedMinor = 22, Replacement = "admissionregistration.k8s.io/v1", HasStorage = false },
        new("apps/v1beta1", "controllerrevisions", "ControllerRevision") { DeprecatedMinor = 8, RemovedMinor = 16, Replacement = "apps/v1", HasStorage = false },
        new("apps/v1beta1", "deployments", "Deployment") { DeprecatedMinor = 8, RemovedMinor = 16, Replacement = "apps/v1", HasStorage = false },
        new("apps/v1beta1", "statefulsets", "StatefulSet") { DeprecatedMinor = 8, RemovedMinor = 16, Replacement = "apps/v1", HasStorage = false },
        new("apps/v1beta2", "controllerrevisions", "ControllerRevision") { DeprecatedMinor = 9, RemovedMinor = 16, Replacement = "apps/v1", HasStorage = false },
        new("apps/v1beta2", "daemonsets", "DaemonSet") { DeprecatedMinor = 9, RemovedMinor = 16, Replacement = "apps/v1", HasStorage = false },
        new("apps/v1beta2", "deployments", "Deployment") { DeprecatedMinor = 9, RemovedMinor = 16, Replacement = "apps/v1", HasStorage = false },
        new("apps/v1beta2", "replicasets", "ReplicaSet") { DeprecatedMinor = 9, RemovedMinor = 16, Replacement = "apps/v1", HasStorage = false },
        new("apps/v1beta2", "statefulsets", "StatefulSet") { DeprecatedMinor = 9, RemovedMinor = 16, Replacement = "apps/v1", HasStorage = false },
        new("authentication.k8s.io/v1beta1", "tokenreviews", "TokenReview") { IsNamespaced = false, DeprecatedMinor = 19, RemovedMinor = 22, Replacement = "authentication.k8s.io/v1", HasStorage = false },
        new("authorization.k8s.io/v1beta1", "localsubjectaccessreviews", "LocalSubjectAccessReview") { DeprecatedMinor = 19, RemovedMinor = 22, Replacement = "authorization.k8s.io/v1", HasStorage = false },
        new("authorization.k8s.io/v1beta1", "selfsubjectaccessreviews", "SelfSubjectAccessReview") { IsNamespaced = false, DeprecatedMinor = 19, RemovedMinor = 22, Replacement = "authorization.k8s.io/v1", HasStorage = false },
        new("authorization.k8s.io/v1beta1", "selfsubjectrulesreviews", "SelfSubjectRulesReview") { IsNamespaced = false, DeprecatedMinor = 19, RemovedMinor = 22, Replacement = "authorization.k8s.io/v1", HasStorage = false },
        new("authorization.k8s.io/v1beta1", "subjectaccessreviews", "SubjectAccessReview") { IsNamespaced = false, DeprecatedMinor = 19, RemovedMinor = 22, Replacement = "authorization.k8s.io/v1", HasStorage = false },
        new("certificates.k8s.io/v1beta1", "certificatesigningrequests", "CertificateSigningRequest") { IsNamespaced = false, DeprecatedMinor = 19, RemovedMinor = 22, Replacement = "certificates.k8s.io/v1", HasStorage = false },
        new("coordination.k8s.io/v1beta1", "leases", "Lease") { DeprecatedMinor = 19, RemovedMinor = 22, Replacement = "coordination.k8s.io/v1", HasStorage = false },
        new("extensions/v1beta1", "daemonsets", "DaemonSet") { DeprecatedMinor = 8, RemovedMinor = 16, Replacement = "apps/v1", HasStorage = false },
        new("extensions/v1beta1", "deployments", "Deployment") { DeprecatedMinor = 8, RemovedMinor = 16, Replacement = "apps/v1", HasStorage = false },
        new("extensions/v1beta1", "ingresses", "Ingress") { DeprecatedMinor = 14, RemovedMinor = 22, Replacement = "networking.k8s.io/v1", HasStorage = false },
        new("extensions/v1beta1", "networkpolicies", "NetworkPolicy") { DeprecatedMinor = 9, RemovedMinor = 16, Replacement = "networking.k8s.io/v1", HasStorage = false },
        new("extensions/v1beta1", "podsecuritypolicies", "PodSecurityPolicy") { IsNamespaced = false, DeprecatedMinor = 11, RemovedMinor = 16, Replacement = "policy/v1beta1", HasStorage = false },
        new("extensions/v1beta1", "replicasets", "ReplicaSet") { DeprecatedMinor = 8, RemovedMinor = 16, Replacement = "apps/v1", HasStorage = false },
        new("flowcontrol.apiserver.k8s.io/v1alpha1", "flowschemas", "FlowSchema") { IsNamespaced = false, DeprecatedMinor = 20, RemovedMinor = 21, Replacement = "flowcontrol.apiserver.k8s.io/v1beta2", HasStorage = false },
        new("flowcontrol.apiserver.k8s.io/v1alpha1", "prioritylevelconfigurations", "PriorityLevelConfiguration") { IsNamespaced = false, DeprecatedMinor = 20, RemovedMinor = 21, Replacement = "flowcontrol.apiserver.k8s.io/v1beta2", HasStorage = false },
        new("networking.k8s.io/v1beta1", "ingresses", "Ingress") { DeprecatedMinor = 19, RemovedMinor = 22, Replacement = "networking.k8s.io/v1", HasStorage = false },
        new("networking.k8s.io/v1beta1", "ingressclasses", "IngressClass") { IsNamespaced = false, DeprecatedMinor = 19, RemovedMinor = 22, Replacement = "networking.k8s.io/v1", HasStorage = false },
        new("rbac.authorization.k8s.io/v1beta1", "clusterroles", "ClusterRole") { IsNamespaced = false, DeprecatedMinor = 17, RemovedMinor = 22, Replacement = "rbac.authorization.k8s.io/v1", HasStorage = false },
        new("rbac.authorization.k8s.io/v1beta1", "clusterrolebindings", "ClusterRoleBinding") { IsNamespaced = false, DeprecatedMinor = 17, RemovedMinor = 22, Replacement = "rbac.authorization.k8s.io/v1", HasStorage = false },
        new("rbac.authorization.k8s.io/v1beta1", "roles", "Role") { DeprecatedMinor = 17, RemovedMinor = 22, Replacement = "rbac.authorization.k8s.io/v1", HasStorage = false },
        new("rbac.authorization.k8s.io/v1beta1", "rolebindings", "RoleBinding") { DeprecatedMinor = 17, RemovedMinor = 22, Replacement = "rbac.authorization.k8s.io/v1", HasStorage = false },
        new("scheduling.k8s.io/v1beta1", "priorityclasses", "PriorityClass") { IsNamespaced = false, DeprecatedMinor = 14, RemovedMinor = 22, Replacement = "scheduling.k8s.io/v1", HasStorage = false },
        new("storage.k8s.io/v1alpha1", "volumeattachments", "VolumeAttachment") { IsNamespaced = false, DeprecatedMinor = 21, RemovedMinor = 24, Replacement = "storage.k8s.io/v1", HasStorage = false },
        new("storage.k8s.io/v1beta1", "csidrivers", "CSIDriver") { IsNamespaced = false, DeprecatedMinor = 19, RemovedMinor = 22, Replacement = "storage.k8s.io/v1", HasStorage = false },
        new("storage.k8s.io/v1beta1", "storageclasses", "StorageClass") { IsNamespaced = false, DeprecatedMinor = 19, RemovedMinor = 22, Replacement = "storage.k8s.io/v1", HasStorage = false },
        new("storage.k8s.io/v1beta1", "volumeattachments", "VolumeAttachment") { IsNamespaced = false, DeprecatedMinor = 19, RemovedMinor = 22, Replacement = "storage.k8s.io/v1", HasStorage = false },
        new("apiextensions.k8s.io/v1beta1", "customresourcedefinitions", "CustomResourceDefinition") { IsNamespaced = false, DeprecatedMinor = 16, RemovedMinor = 22, Replacement = "apiextensions.k8s.io/v1", HasStorage = false },
        new("apiregistration.k8s.io/v1beta1", "apiservices", "APIService") { IsNamespaced = false, DeprecatedMinor = 19, RemovedMinor = 22, Replacement = "apiregistration.k8s.io/v1", HasStorage = false },
        new("node.k8s.io/v1alpha1", "runtimeclasses", "RuntimeClass") { IsNamespaced = false, RemovedMinor = 24, Replacement = "node.k8s.io/v1", HasStorage = false },
        new("rbac.authorization.k8s.io/v1alpha1", "roles", "Role") { RemovedMinor = 23, Replacement = "rbac.authorization.k8s.io/v1", HasStorage = false },
        new("rbac.authorization.k8s.io/v1alpha1", "rolebindings", "RoleBinding") { RemovedMinor = 23, Replacement = "rbac.authorization.k8s.io/v1", HasStorage = false },
        new("rbac.authorization.k8s.io/v1alpha1", "clusterroles", "ClusterRole") { IsNamespaced = false, RemovedMinor = 23, Replacement = "rbac.authorization.k8s.io/v1", HasStorage = false },
        new("rbac.authorization.k8s.io/v1alpha1", "clusterrolebindings", "ClusterRoleBinding") { IsNamespaced = false, RemovedMinor = 23, Replacement = "rbac.authorization.k8s.io/v1", HasStorage = false },
        new("scheduling.k8s.io/v1alpha1", "priorityclasses", "PriorityClass") { IsNamespaced = false, RemovedMinor = 23, Replacement = "scheduling.k8s.io/v1", HasStorage = false },
    ];
}
