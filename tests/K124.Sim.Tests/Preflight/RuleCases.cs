using K124.Sim.Preflight;

namespace K124.Sim.Tests.Preflight;

using static PreflightSeverity;

/// <summary>For every rule what it finds, and what it leaves alone.</summary>
internal static class RuleCases
{
    public static RuleCase[] All { get; } =
    [
        new("api-not-served", "{apiVersion: extensions/v1beta1, kind: Ingress, metadata: {name: a}}", Block, "apiVersion"),
        new("api-not-served", "{apiVersion: storage.k8s.io/v1beta1, kind: CSINode, metadata: {name: a}}", Block, "apiVersion"),
        new("api-not-served", "{apiVersion: internal.apiserver.k8s.io/v1alpha1, kind: StorageVersion, metadata: {name: a}}", Block, "apiVersion"),
        new("api-not-served", Server("kube-apiserver", "--runtime-config=batch/v1beta1=false") + "\n---\n{apiVersion: batch/v1beta1, kind: CronJob, metadata: {name: a}}", Block, "apiVersion"),
        new("api-not-served", "{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: a}}"),
        new("api-not-served", "{apiVersion: example.com/v1, kind: Ingress, metadata: {name: a}}"),
        new("api-not-served", "{apiVersion: apiregistration.k8s.io/v1, kind: APIService, metadata: {name: a}}"),
        new("api-not-served", "{apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition, metadata: {name: a}}"),
        new("api-client", Applied("extensions/v1beta1"), Block, "metadata.annotations[kubectl.kubernetes.io/last-applied-configuration]"),
        new("api-client", "{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: a, managedFields: [{manager: helm, apiVersion: networking.k8s.io/v1beta1}]}}", Warning, "metadata.managedFields[0].apiVersion"),
        new("api-client", Applied("networking.k8s.io/v1")),
        new("api-deprecated", "{apiVersion: policy/v1beta1, kind: PodDisruptionBudget, metadata: {name: a}}", Warning, "apiVersion"),
        new("api-deprecated", "{apiVersion: flowcontrol.apiserver.k8s.io/v1beta2, kind: FlowSchema, metadata: {name: a}}", Info, "apiVersion") { AreManifests = true },
        new("api-deprecated", "{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: a}}"),
        new("tool-configuration", "{apiVersion: audit.k8s.io/v1beta1, kind: Policy, rules: []}", Block, "apiVersion"),
        new("tool-configuration", "{apiVersion: v1, kind: Config, users: [{name: a, user: {exec: {apiVersion: client.authentication.k8s.io/v1alpha1}}}]}", Block, "users[0].user.exec.apiVersion"),
        new("tool-configuration", "{apiVersion: audit.k8s.io/v1, kind: Policy, rules: []}"),
        new("container-runtime", Node("v1.23.6", "docker://20.10.12"), Block, "status.nodeInfo.containerRuntimeVersion"),
        new("container-runtime", Node("v1.24.0", "docker://20.10.12"), Info, "status.nodeInfo.containerRuntimeVersion"),
        new("container-runtime", Node("v1.23.6", "containerd://1.6.3"), Block, "status.nodeInfo.containerRuntimeVersion"),
        new("container-runtime", Node("v1.23.6", "containerd://1.4.13"), Warning, "status.nodeInfo.containerRuntimeVersion"),
        new("container-runtime", Node("v1.23.6", "containerd://1.6.4")),
        new("docker-socket", Pod("volumes: [{name: d, hostPath: {path: /var/run//docker.sock}}]"), Warning, "spec.volumes[0].hostPath.path"),
        new("docker-socket", Pod("volumes: [{name: d, hostPath: {path: /var/run/}}]"), Warning, "spec.volumes[0].hostPath.path"),
        new("docker-socket", Pod("volumes: [{name: d, hostPath: {path: /var/lib/docker/containers}}]"), Warning, "spec.volumes[0].hostPath.path"),
        new("docker-socket", Pod("containers: [{name: c, env: [{name: DOCKER_HOST, value: 'unix:///var/run/docker.sock'}]}]"), Warning, "spec.containers[0].env[0].value"),
        new("docker-socket", Pod("volumes: [{name: d, hostPath: {path: /var/log/containers}}]")),
        new("docker-socket", Pod("volumes: [{name: d, hostPath: {path: /var/run/docker.sock.d}}]")),
        new("kubelet-flags", "", Block, "--cni-bin-dir") { KubeletArguments = ["--network-plugin=cni", "--cni-bin-dir", "/opt/cni/bin"] },
        new("kubelet-flags", "", Block) { KubeletArguments = ["--container-runtime=docker"] },
        new("kubelet-flags", "") { KubeletArguments = ["--config=/var/lib/kubelet/config.yaml", "--container-runtime-endpoint=unix:///run/containerd/containerd.sock"] },
        new("dynamic-kubelet-config", "{apiVersion: v1, kind: Node, metadata: {name: a}, spec: {configSource: {configMap: {name: c}}}}", Block, "spec.configSource"),
        new("dynamic-kubelet-config", "{apiVersion: v1, kind: Node, metadata: {name: a}, spec: {}}"),
        new("version-skew", Node("v1.21.9", "containerd://1.6.4"), Block, "status.nodeInfo.kubeletVersion"),
        new("version-skew", Node("v1.25.0", "containerd://1.6.4"), Block, "status.nodeInfo.kubeletVersion"),
        new("version-skew", Server("kube-apiserver", "--v=2", "k8s.gcr.io/kube-apiserver:v1.22.3"), Block, "spec.containers[0].image"),
        new("version-skew", Node("v1.22.9", "containerd://1.6.4") + "\n---\n" + Server("kube-apiserver", "--v=2", "k8s.gcr.io/kube-apiserver:v1.23.3")),
        new("control-plane-flags", Server("kube-apiserver", "--insecure-port=0"), Block, "spec.containers[0].command[1]"),
        new("control-plane-flags", Server("kube-controller-manager", "--leader-elect-resource-lock=endpoints"), Block, "spec.containers[0].command[1]"),
        new("control-plane-flags", Server("kube-scheduler", "--port=0")),
        new("feature-gates", Server("kube-apiserver", "--feature-gates=NoSuch=true"), Block, "spec.containers[0].command[1]"),
        new("feature-gates", Server("kube-apiserver", "--feature-gates=IndexedJob=true"), Warning, "spec.containers[0].command[1]"),
        new("feature-gates", Server("kube-apiserver", "--feature-gates=ServiceIPStaticSubrange=true"), Info, "spec.containers[0].command[1]"),
        new("feature-gates", Server("kube-apiserver", "--feature-gates=GRPCContainerProbe=true")),
        new("runtime-config", Server("kube-apiserver", "--runtime-config=v1=false"), Block, "spec.containers[0].command[1]"),
        new("runtime-config", Server("kube-apiserver", "--runtime-config=api/beta=false")),
        new("leader-migration", Server("kube-controller-manager", "--leader-migration-config=/etc/migration.yaml"), Warning, "spec.containers[0].command[1]"),
        new("leader-migration", Server("kube-controller-manager", "--enable-leader-migration=true")),
        new("watch-resumption", Server("etcd", "--name=a", "k8s.gcr.io/etcd:3.4.3-0"), Warning, "spec.containers[0].image"),
        new("watch-resumption", Server("etcd", "--name=a", "k8s.gcr.io/etcd:3.5.3-0"), Info),
        new("watch-resumption", Server("etcd", "--experimental-watch-progress-notify-interval=5s", "k8s.gcr.io/etcd:3.5.3-0")),
        new("in-tree-volumes", "{apiVersion: v1, kind: PersistentVolume, metadata: {name: a}, spec: {azureDisk: {diskName: d}}}", Warning, "spec.azureDisk"),
        new("in-tree-volumes", CsiNode("ebs.csi.aws.com") + "\n---\n{apiVersion: storage.k8s.io/v1, kind: StorageClass, metadata: {name: a}, provisioner: kubernetes.io/cinder}", Block, "provisioner"),
        new("in-tree-volumes", CsiNode("disk.csi.azure.com") + "\n---\n{apiVersion: v1, kind: PersistentVolume, metadata: {name: a}, spec: {azureDisk: {diskName: d}}}"),
        new("in-tree-volumes", CsiNode("other") + "\n---\n{apiVersion: v1, kind: PersistentVolume, metadata: {name: a}, spec: {vsphereVolume: {volumePath: d}}}"),
        new("service-ip-band", Range + Service("clusterIP: 10.96.200.7"), Warning, "spec.clusterIP") { AreManifests = true },
        new("service-ip-band", Range + Service("clusterIP: 10.1.2.3"), Block, "spec.clusterIP") { AreManifests = true },
        new("service-ip-band", Range + Service("clusterIP: 10.96.0.10")) { AreManifests = true },
        new("service-ip-band", Range + Service("clusterIP: 10.96.200.7")),
        new("load-balancers", Service("type: ClusterIP, loadBalancerClass: example.com/lb"), Block, "spec.loadBalancerClass"),
        new("load-balancers", Service("type: LoadBalancer, loadBalancerIP: 1.2.3.4"), Info, "spec.loadBalancerIP"),
        new("load-balancers", Service("type: LoadBalancer")),
        new("priority-classes", "{apiVersion: scheduling.k8s.io/v1, kind: PriorityClass, metadata: {name: a}, value: 2000000000}", Block, "value") { AreManifests = true },
        new("priority-classes", "{apiVersion: scheduling.k8s.io/v1, kind: PriorityClass, metadata: {name: a}, value: 1}\n---\n" + Pod("priorityClassName: b"), Warning, "spec.priorityClassName"),
        new("priority-classes", "{apiVersion: scheduling.k8s.io/v1, kind: PriorityClass, metadata: {name: a}, value: 1, globalDefault: true}\n---\n" + Pod("priorityClassName: a")),
        new("job-tracking", Job(""), Info, "metadata.annotations"),
        new("job-tracking", Job("batch.kubernetes.io/job-tracking: ''"), Warning, "metadata.annotations[batch.kubernetes.io/job-tracking]"),
        new("job-tracking", "{apiVersion: batch/v1, kind: Job, metadata: {name: a}, status: {conditions: [{type: Complete, status: 'True'}]}}"),
        new("pod-security-policy", "{apiVersion: policy/v1beta1, kind: PodSecurityPolicy, metadata: {name: a}}", Warning),
        new("pod-security-policy", "{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: {name: a}, rules: [{resources: [podsecuritypolicies], verbs: [use]}]}", Warning, "rules[0]"),
        new("pod-security-policy", "{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: {name: a}, rules: [{resources: [pods], verbs: [use]}]}"),
        new("token-secrets", Pod("containers: [{name: c, env: [{name: T, valueFrom: {secretKeyRef: {name: builder-token-x7k2p, key: token}}}]}]"), Warning, "spec.containers[0].env[0].valueFrom.secretKeyRef.name"),
        new("token-secrets", Pod("volumes: [{name: t, secret: {secretName: default-token-x7k2p}}]")),
        new("control-plane-nodes", Pod("nodeSelector: {node-role.kubernetes.io/master: ''}"), Warning, "spec.nodeSelector[node-role.kubernetes.io/master]"),
        new("control-plane-nodes", Pod("tolerations: [{key: node-role.kubernetes.io/master}]"), Warning, "spec.tolerations[0]"),
        new("control-plane-nodes", Pod("tolerations: [{key: node-role.kubernetes.io/master}, {key: node-role.kubernetes.io/control-plane}]")),
        new("probes", Node("v1.23.6", "containerd://1.6.4") + "\n---\n" + Pod("containers: [{name: c, livenessProbe: {grpc: {port: 1}}}]"), Warning, "spec.containers[0].livenessProbe.grpc"),
        new("probes", Pod("containers: [{name: c, livenessProbe: {terminationGracePeriodSeconds: 5}}]"), Warning, "spec.containers[0].livenessProbe.terminationGracePeriodSeconds"),
        new("probes", Node("v1.24.0", "containerd://1.6.4") + "\n---\n" + Pod("containers: [{name: c, livenessProbe: {grpc: {port: 1}}}]")),
        new("certificate-requests", "{apiVersion: certificates.k8s.io/v1, kind: CertificateSigningRequest, metadata: {name: a}, spec: {expirationSeconds: 599}}", Block, "spec.expirationSeconds") { AreManifests = true },
        new("certificate-requests", "{apiVersion: certificates.k8s.io/v1, kind: CertificateSigningRequest, metadata: {name: a}, spec: {expirationSeconds: 600}}") { AreManifests = true },
        new("volume-populators", Claim("dataSource: {apiGroup: example.com, kind: Foo, name: f}"), Warning, "spec.dataSource") { AreManifests = true },
        new("volume-populators", Claim("dataSourceRef: {kind: Pod, name: f}"), Block, "spec.dataSourceRef") { AreManifests = true },
        new("volume-populators", Claim("dataSourceRef: {apiGroup: example.com, kind: Foo, name: f}"), Info, "spec.dataSourceRef") { AreManifests = true },
        new("volume-populators", Claim("dataSource: {kind: PersistentVolumeClaim, name: f}")) { AreManifests = true },
        new("runtime-classes", Kata + Pod("runtimeClassName: gvisor"), Warning, "spec.runtimeClassName"),
        new("runtime-classes", Kata + Pod("overhead: {cpu: 1}"), Block, "spec.overhead") { AreManifests = true },
        new("runtime-classes", Kata + Pod("runtimeClassName: kata, overhead: {cpu: 1}")) { AreManifests = true },
        new("openapi-v3", "{apiVersion: apiregistration.k8s.io/v1, kind: APIService, metadata: {name: a}, spec: {service: {name: s}}}", Info, "spec.service"),
        new("openapi-v3", "{apiVersion: apiregistration.k8s.io/v1, kind: APIService, metadata: {name: a}, spec: {}}"),
        new("kubeadm-config", "{apiVersion: v1, kind: ConfigMap, metadata: {name: kubelet-config-1.23, namespace: kube-system}}", Info, "metadata.name"),
        new("kubeadm-config", "{apiVersion: v1, kind: ConfigMap, metadata: {name: kubelet-config, namespace: kube-system}}"),
    ];

    private static string Range => Server("kube-apiserver", "--service-cluster-ip-range=10.96.0.0/16") + "\n---\n";

    private const string Kata = "{apiVersion: node.k8s.io/v1, kind: RuntimeClass, metadata: {name: kata}, handler: kata, overhead: {podFixed: {cpu: 1}}}\n---\n";

    private static string Server(string component, string flag, string image = "k8s.gcr.io/a:v1.23.1") =>
        Object("v1", "Pod", $"spec: {{containers: [{{name: a, image: '{image}', command: ['{component}', '{flag}']}}]}}");

    private static string Node(string kubelet, string runtime) =>
        Object("v1", "Node", $"status: {{nodeInfo: {{kubeletVersion: {kubelet}, containerRuntimeVersion: '{runtime}'}}}}");

    private static string Pod(string spec) => Object("v1", "Pod", $"spec: {{{spec}}}");

    private static string Service(string spec) => Object("v1", "Service", $"spec: {{{spec}}}");

    private static string Claim(string spec) => Object("v1", "PersistentVolumeClaim", $"spec: {{{spec}}}");

    private static string Job(string annotations) => $"{{apiVersion: batch/v1, kind: Job, metadata: {{name: a, annotations: {{{annotations}}}}}, spec: {{}}}}";

    private static string CsiNode(string driver) => Object("storage.k8s.io/v1", "CSINode", $"spec: {{drivers: [{{name: {driver}}}]}}");

    private static string Applied(string version) =>
        "{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: a, annotations: {kubectl.kubernetes.io/last-applied-configuration: "
        + $"'{{\"apiVersion\":\"{version}\"}}'" + "}}}";

    private static string Object(string apiVersion, string kind, string rest) => $"{{apiVersion: {apiVersion}, kind: {kind}, metadata: {{name: a, namespace: shop}}, {rest}}}";
}
