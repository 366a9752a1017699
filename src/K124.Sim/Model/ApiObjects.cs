namespace K124.Sim.Model;

/// <summary>What can be done to an API object whatever its kind.</summary>
internal static class ApiObjects
{
    /// <summary>The same object under another version and other metadata.</summary>
    /// <exception cref="ArgumentException">The object's kind is not modelled.</exception>
    public static IApiObject With(this IApiObject item, string apiVersion, ObjectMeta metadata) => item switch
    {
        Node node => node with { ApiVersion = apiVersion, Metadata = metadata },
        Namespace space => space with { ApiVersion = apiVersion, Metadata = metadata },
        Pod pod => pod with { ApiVersion = apiVersion, Metadata = metadata },
        Service service => service with { ApiVersion = apiVersion, Metadata = metadata },
        ReplicationController controller => controller with { ApiVersion = apiVersion, Metadata = metadata },
        ReplicaSet set => set with { ApiVersion = apiVersion, Metadata = metadata },
        Deployment deployment => deployment with { ApiVersion = apiVersion, Metadata = metadata },
        StatefulSet set => set with { ApiVersion = apiVersion, Metadata = metadata },
        DaemonSet set => set with { ApiVersion = apiVersion, Metadata = metadata },
        Job job => job with { ApiVersion = apiVersion, Metadata = metadata },
        CronJob job => job with { ApiVersion = apiVersion, Metadata = metadata },
        PriorityClass priority => priority with { ApiVersion = apiVersion, Metadata = metadata },
        PodDisruptionBudget budget => budget with { ApiVersion = apiVersion, Metadata = metadata },
        RuntimeClass runtime => runtime with { ApiVersion = apiVersion, Metadata = metadata },
        PersistentVolume volume => volume with { ApiVersion = apiVersion, Metadata = metadata },
        PersistentVolumeClaim claim => claim with { ApiVersion = apiVersion, Metadata = metadata },
        StorageClass storage => storage with { ApiVersion = apiVersion, Metadata = metadata },
        CSIDriver driver => driver with { ApiVersion = apiVersion, Metadata = metadata },
        CSINode node => node with { ApiVersion = apiVersion, Metadata = metadata },
        CSIStorageCapacity capacity => capacity with { ApiVersion = apiVersion, Metadata = metadata },
        VolumeAttachment attachment => attachment with { ApiVersion = apiVersion, Metadata = metadata },
        Endpoints endpoints => endpoints with { ApiVersion = apiVersion, Metadata = metadata },
        EndpointSlice slice => slice with { ApiVersion = apiVersion, Metadata = metadata },
        ControllerRevision revision => revision with { ApiVersion = apiVersion, Metadata = metadata },
        HorizontalPodAutoscaler autoscaler => autoscaler with { ApiVersion = apiVersion, Metadata = metadata },
        ResourceQuota quota => quota with { ApiVersion = apiVersion, Metadata = metadata },
        LimitRange limits => limits with { ApiVersion = apiVersion, Metadata = metadata },
        ServiceAccount account => account with { ApiVersion = apiVersion, Metadata = metadata },
        ConfigMap configMap => configMap with { ApiVersion = apiVersion, Metadata = metadata },
        Secret secret => secret with { ApiVersion = apiVersion, Metadata = metadata },
        CertificateSigningRequest request => request with { ApiVersion = apiVersion, Metadata = metadata },
        Lease lease => lease with { ApiVersion = apiVersion, Metadata = metadata },
        Event report => report with { ApiVersion = apiVersion, Metadata = metadata },
        _ => throw new ArgumentException($"{item.GetType().Name} is not a kind that the library models.", nameof(item)),
    };
}
