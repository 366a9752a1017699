namespace K124.Sim.Workloads;

/// <summary>The members of the structures that a pod template is made of, in the order in which the hash runs over them.</summary>
internal static class PodTemplateLayout
{
    // A structure a line: its name, then "name:type" of each member, "name=json:type" where the JSON name is not the name with a small
    // first letter; an empty JSON name stands for a structure whose members are the outer one's in JSON. ~ is the package v1; s, b, i, l and
    // m are string, bool, int32, int64 and a map of strings.
    public const string Text = """
        ~AWSElasticBlockStoreVolumeSource VolumeID:s FSType=fsType:s Partition:i ReadOnly:b
        ~Affinity NodeAffinity:*~NodeAffinity PodAffinity:*~PodAffinity PodAntiAffinity:*~PodAntiAffinity
        ~AzureDiskVolumeSource DiskName:s DataDiskURI=diskURI:s CachingMode:*~AzureDataDiskCachingMode FSType=fsType:*s ReadOnly:*b Kind:*~AzureDataDiskKind
        ~AzureFileVolumeSource SecretName:s ShareName:s ReadOnly:b
        ~CSIVolumeSource Driver:s ReadOnly:*b FSType=fsType:*s VolumeAttributes:m NodePublishSecretRef:*~LocalObjectReference
        ~Capabilities Add:[]~Capability Drop:[]~Capability
        ~CephFSVolumeSource Monitors:[]s Path:s User:s SecretFile:s SecretRef:*~LocalObjectReference ReadOnly:b
        ~CinderVolumeSource VolumeID:s FSType=fsType:s ReadOnly:b SecretRef:*~LocalObjectReference
        ~ConfigMapEnvSource LocalObjectReference=:~LocalObjectReference Optional:*b
        ~ConfigMapKeySelector LocalObjectReference=:~LocalObjectReference Key:s Optional:*b
        ~ConfigMapProjection LocalObjectReference=:~LocalObjectReference Items:[]~KeyToPath Optional:*b
        ~ConfigMapVolumeSource LocalObjectReference=:~LocalObjectReference Items:[]~KeyToPath DefaultMode:*i Optional:*b
        ~Container Name:s Image:s Command:[]s Args:[]s WorkingDir:s Ports:[]~ContainerPort EnvFrom:[]~EnvFromSource Env:[]~EnvVar Resources:~ResourceRequirements VolumeMounts:[]~VolumeMount VolumeDevices:[]~VolumeDevice LivenessProbe:*~Probe ReadinessProbe:*~Probe StartupProbe:*~Probe Lifecycle:*~Lifecycle TerminationMessagePath:s TerminationMessagePolicy:~TerminationMessagePolicy ImagePullPolicy:~PullPolicy SecurityContext:*~SecurityContext Stdin:b StdinOnce:b TTY=tty:b
        ~ContainerPort Name:s HostPort:i ContainerPort:i Protocol:~Protocol HostIP:s
        ~DownwardAPIProjection Items:[]~DownwardAPIVolumeFile
        ~DownwardAPIVolumeFile Path:s FieldRef:*~ObjectFieldSelector ResourceFieldRef:*~ResourceFieldSelector Mode:*i
        ~DownwardAPIVolumeSource Items:[]~DownwardAPIVolumeFile DefaultMode:*i
        ~EmptyDirVolumeSource Medium:~StorageMedium SizeLimit:*resource.Quantity
        ~EnvFromSource Prefix:s ConfigMapRef:*~ConfigMapEnvSource SecretRef:*~SecretEnvSource
        ~EnvVar Name:s Value:s ValueFrom:*~EnvVarSource
        ~EnvVarSource FieldRef:*~ObjectFieldSelector ResourceFieldRef:*~ResourceFieldSelector ConfigMapKeyRef:*~ConfigMapKeySelector SecretKeyRef:*~SecretKeySelector
        ~EphemeralContainer EphemeralContainerCommon=:~EphemeralContainerCommon TargetContainerName:s
        ~EphemeralContainerCommon Name:s Image:s Command:[]s Args:[]s WorkingDir:s Ports:[]~ContainerPort EnvFrom:[]~EnvFromSource Env:[]~EnvVar Resources:~ResourceRequirements VolumeMounts:[]~VolumeMount VolumeDevices:[]~VolumeDevice LivenessProbe:*~Probe ReadinessProbe:*~Probe StartupProbe:*~Probe Lifecycle:*~Lifecycle TerminationMessagePath:s TerminationMessagePolicy:~TerminationMessagePolicy ImagePullPolicy:~PullPolicy SecurityContext:*~SecurityContext Stdin:b StdinOnce:b TTY=tty:b
        ~EphemeralVolumeSource VolumeClaimTemplate:*~PersistentVolumeClaimTemplate
        ~ExecAction Command:[]s
        ~FCVolumeSource TargetWWNs:[]s Lun:*i FSType=fsType:s ReadOnly:b WWIDs=wwids:[]s
        ~FlexVolumeSource Driver:s FSType=fsType:s SecretRef:*~LocalObjectReference ReadOnly:b Options:m
        ~FlockerVolumeSource DatasetName:s DatasetUUID:s
        ~GCEPersistentDiskVolumeSource PDName=pdName:s FSType=fsType:s Partition:i ReadOnly:b
        ~GRPCAction Port:i Service:*s
        ~GitRepoVolumeSource Repository:s Revision:s Directory:s
        ~GlusterfsVolumeSource EndpointsName=endpoints:s Path:s ReadOnly:b
        ~HTTPGetAction Path:s Port:intstr.IntOrString Host:s Scheme:~URIScheme HTTPHeaders=httpHeaders:[]~HTTPHeader
        ~HTTPHeader Name:s Value:s
        ~HostAlias IP=ip:s Hostnames:[]s
        ~HostPathVolumeSource Path:s Type:*~HostPathType
        ~ISCSIVolumeSource TargetPortal:s IQN=iqn:s Lun:i ISCSIInterface=iscsiInterface:s FSType=fsType:s ReadOnly:b Portals:[]s DiscoveryCHAPAuth=chapAuthDiscovery:b SessionCHAPAuth=chapAuthSession:b SecretRef:*~LocalObjectReference InitiatorName:*s
        ~KeyToPath Key:s Path:s Mode:*i
        ~LabelSelector MatchLabels:m MatchExpressions:[]~LabelSelectorRequirement
        ~LabelSelectorRequirement Key:s Operator:~LabelSelectorOperator Values:[]s
        ~Lifecycle PostStart:*~LifecycleHandler PreStop:*~LifecycleHandler
        ~LifecycleHandler Exec:*~ExecAction HTTPGet=httpGet:*~HTTPGetAction TCPSocket=tcpSocket:*~TCPSocketAction
        ~LocalObjectReference Name:s
        ~NFSVolumeSource Server:s Path:s ReadOnly:b
        ~NodeAffinity RequiredDuringSchedulingIgnoredDuringExecution:*~NodeSelector PreferredDuringSchedulingIgnoredDuringExecution:[]~PreferredSchedulingTerm
        ~NodeSelector NodeSelectorTerms:[]~NodeSelectorTerm
        ~NodeSelectorRequirement Key:s Operator:~NodeSelectorOperator Values:[]s
        ~NodeSelectorTerm MatchExpressions:[]~NodeSelectorRequirement MatchFields:[]~NodeSelectorRequirement
        ~ObjectFieldSelector APIVersion=apiVersion:s FieldPath:s
        ~ObjectMeta Name:s GenerateName:s Namespace:s SelfLink:s UID=uid:types.UID ResourceVersion:s Generation:l CreationTimestamp:~Time DeletionTimestamp:*~Time DeletionGracePeriodSeconds:*l Labels:m Annotations:m OwnerReferences:[]~OwnerReference Finalizers:[]s ZZZ_DeprecatedClusterName=clusterName:s ManagedFields:[]~ManagedFieldsEntry
        ~OwnerReference APIVersion=apiVersion:s Kind:s Name:s UID=uid:types.UID Controller:*b BlockOwnerDeletion:*b
        ~PersistentVolumeClaimSpec AccessModes:[]~PersistentVolumeAccessMode Selector:*~LabelSelector Resources:~ResourceRequirements VolumeName:s StorageClassName:*s VolumeMode:*~PersistentVolumeMode DataSource:*~TypedLocalObjectReference DataSourceRef:*~TypedLocalObjectReference
        ~PersistentVolumeClaimTemplate ObjectMeta=metadata:~ObjectMeta Spec:~PersistentVolumeClaimSpec
        ~PersistentVolumeClaimVolumeSource ClaimName:s ReadOnly:b
        ~PhotonPersistentDiskVolumeSource PdID:s FSType=fsType:s
        ~PodAffinity RequiredDuringSchedulingIgnoredDuringExecution:[]~PodAffinityTerm PreferredDuringSchedulingIgnoredDuringExecution:[]~WeightedPodAffinityTerm
        ~PodAffinityTerm LabelSelector:*~LabelSelector Namespaces:[]s TopologyKey:s NamespaceSelector:*~LabelSelector
        ~PodAntiAffinity RequiredDuringSchedulingIgnoredDuringExecution:[]~PodAffinityTerm PreferredDuringSchedulingIgnoredDuringExecution:[]~WeightedPodAffinityTerm
        ~PodDNSConfig Nameservers:[]s Searches:[]s Options:[]~PodDNSConfigOption
        ~PodDNSConfigOption Name:s Value:*s
        ~PodOS Name:~OSName
        ~PodReadinessGate ConditionType:~PodConditionType
        ~PodSecurityContext SELinuxOptions=seLinuxOptions:*~SELinuxOptions WindowsOptions:*~WindowsSecurityContextOptions RunAsUser:*l RunAsGroup:*l RunAsNonRoot:*b SupplementalGroups:[]l FSGroup=fsGroup:*l Sysctls:[]~Sysctl FSGroupChangePolicy=fsGroupChangePolicy:*~PodFSGroupChangePolicy SeccompProfile:*~SeccompProfile
        ~PodSpec Volumes:[]~Volume InitContainers:[]~Container Containers:[]~Container EphemeralContainers:[]~EphemeralContainer RestartPolicy:~RestartPolicy TerminationGracePeriodSeconds:*l ActiveDeadlineSeconds:*l DNSPolicy=dnsPolicy:~DNSPolicy NodeSelector:m ServiceAccountName:s DeprecatedServiceAccount=serviceAccount:s AutomountServiceAccountToken:*b NodeName:s HostNetwork:b HostPID:b HostIPC:b ShareProcessNamespace:*b SecurityContext:*~PodSecurityContext ImagePullSecrets:[]~LocalObjectReference Hostname:s Subdomain:s Affinity:*~Affinity SchedulerName:s Tolerations:[]~Toleration HostAliases:[]~HostAlias PriorityClassName:s Priority:*i DNSConfig=dnsConfig:*~PodDNSConfig ReadinessGates:[]~PodReadinessGate RuntimeClassName:*s EnableServiceLinks:*b PreemptionPolicy:*~PreemptionPolicy Overhead:~ResourceList TopologySpreadConstraints:[]~TopologySpreadConstraint SetHostnameAsFQDN:*b OS=os:*~PodOS
        ~PodTemplateSpec ObjectMeta=metadata:~ObjectMeta Spec:~PodSpec
        ~PortworxVolumeSource VolumeID:s FSType=fsType:s ReadOnly:b
        ~PreferredSchedulingTerm Weight:i Preference:~NodeSelectorTerm
        ~Probe ProbeHandler=:~ProbeHandler InitialDelaySeconds:i TimeoutSeconds:i PeriodSeconds:i SuccessThreshold:i FailureThreshold:i TerminationGracePeriodSeconds:*l
        ~ProbeHandler Exec:*~ExecAction HTTPGet=httpGet:*~HTTPGetAction TCPSocket=tcpSocket:*~TCPSocketAction GRPC=grpc:*~GRPCAction
        ~ProjectedVolumeSource Sources:[]~VolumeProjection DefaultMode:*i
        ~QuobyteVolumeSource Registry:s Volume:s ReadOnly:b User:s Group:s Tenant:s
        ~RBDVolumeSource CephMonitors=monitors:[]s RBDImage=image:s FSType=fsType:s RBDPool=pool:s RadosUser=user:s Keyring:s SecretRef:*~LocalObjectReference ReadOnly:b
        ~ResourceFieldSelector ContainerName:s Resource:s Divisor:resource.Quantity
        ~ResourceRequirements Limits:~ResourceList Requests:~ResourceList
        ~SELinuxOptions User:s Role:s Type:s Level:s
        ~ScaleIOVolumeSource Gateway:s System:s SecretRef:*~LocalObjectReference SSLEnabled=sslEnabled:b ProtectionDomain:s StoragePool:s StorageMode:s VolumeName:s FSType=fsType:s ReadOnly:b
        ~SeccompProfile Type:~SeccompProfileType LocalhostProfile:*s
        ~SecretEnvSource LocalObjectReference=:~LocalObjectReference Optional:*b
        ~SecretKeySelector LocalObjectReference=:~LocalObjectReference Key:s Optional:*b
        ~SecretProjection LocalObjectReference=:~LocalObjectReference Items:[]~KeyToPath Optional:*b
        ~SecretVolumeSource SecretName:s Items:[]~KeyToPath DefaultMode:*i Optional:*b
        ~SecurityContext Capabilities:*~Capabilities Privileged:*b SELinuxOptions=seLinuxOptions:*~SELinuxOptions WindowsOptions:*~WindowsSecurityContextOptions RunAsUser:*l RunAsGroup:*l RunAsNonRoot:*b ReadOnlyRootFilesystem:*b AllowPrivilegeEscalation:*b ProcMount:*~ProcMountType SeccompProfile:*~SeccompProfile
        ~ServiceAccountTokenProjection Audience:s ExpirationSeconds:*l Path:s
        ~StorageOSVolumeSource VolumeName:s VolumeNamespace:s FSType=fsType:s ReadOnly:b SecretRef:*~LocalObjectReference
        ~Sysctl Name:s Value:s
        ~TCPSocketAction Port:intstr.IntOrString Host:s
        ~Toleration Key:s Operator:~TolerationOperator Value:s Effect:~TaintEffect TolerationSeconds:*l
        ~TopologySpreadConstraint MaxSkew:i TopologyKey:s WhenUnsatisfiable:~UnsatisfiableConstraintAction LabelSelector:*~LabelSelector MinDomains:*i
        ~TypedLocalObjectReference APIGroup=apiGroup:*s Kind:s Name:s
        ~Volume Name:s VolumeSource=:~VolumeSource
        ~VolumeDevice Name:s DevicePath:s
        ~VolumeMount Name:s ReadOnly:b MountPath:s SubPath:s MountPropagation:*~MountPropagationMode SubPathExpr:s
        ~VolumeProjection Secret:*~SecretProjection DownwardAPI:*~DownwardAPIProjection ConfigMap:*~ConfigMapProjection ServiceAccountToken:*~ServiceAccountTokenProjection
        ~VolumeSource HostPath:*~HostPathVolumeSource EmptyDir:*~EmptyDirVolumeSource GCEPersistentDisk=gcePersistentDisk:*~GCEPersistentDiskVolumeSource AWSElasticBlockStore=awsElasticBlockStore:*~AWSElasticBlockStoreVolumeSource GitRepo:*~GitRepoVolumeSource Secret:*~SecretVolumeSource NFS=nfs:*~NFSVolumeSource ISCSI=iscsi:*~ISCSIVolumeSource Glusterfs:*~GlusterfsVolumeSource PersistentVolumeClaim:*~PersistentVolumeClaimVolumeSource RBD=rbd:*~RBDVolumeSource FlexVolume:*~FlexVolumeSource Cinder:*~CinderVolumeSource CephFS=cephfs:*~CephFSVolumeSource Flocker:*~FlockerVolumeSource DownwardAPI:*~DownwardAPIVolumeSource FC=fc:*~FCVolumeSource AzureFile:*~AzureFileVolumeSource ConfigMap:*~ConfigMapVolumeSource VsphereVolume:*~VsphereVirtualDiskVolumeSource Quobyte:*~QuobyteVolumeSource AzureDisk:*~AzureDiskVolumeSource PhotonPersistentDisk:*~PhotonPersistentDiskVolumeSource Projected:*~ProjectedVolumeSource PortworxVolume:*~PortworxVolumeSource ScaleIO:*~ScaleIOVolumeSource StorageOS=storageos:*~StorageOSVolumeSource CSI=csi:*~CSIVolumeSource Ephemeral:*~EphemeralVolumeSource
        ~VsphereVirtualDiskVolumeSource VolumePath:s FSType=fsType:s StoragePolicyName:s StoragePolicyID:s
        ~WeightedPodAffinityTerm Weight:i PodAffinityTerm:~PodAffinityTerm
        ~WindowsSecurityContextOptions GMSACredentialSpecName=gmsaCredentialSpecName:*s GMSACredentialSpec=gmsaCredentialSpec:*s RunAsUserName:*s HostProcess:*b
        """;
}
