using System.Text.Json.Serialization;

namespace K124.Sim.Model.Json;

/// <summary>Source-generated shapes of every API kind.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(Node))]
[JsonSerializable(typeof(Namespace))]
[JsonSerializable(typeof(Pod))]
[JsonSerializable(typeof(Service))]
[JsonSerializable(typeof(ReplicationController))]
[JsonSerializable(typeof(ReplicaSet))]
[JsonSerializable(typeof(Deployment))]
[JsonSerializable(typeof(StatefulSet))]
[JsonSerializable(typeof(DaemonSet))]
[JsonSerializable(typeof(Job))]
[JsonSerializable(typeof(CronJob))]
[JsonSerializable(typeof(PriorityClass))]
[JsonSerializable(typeof(PodDisruptionBudget))]
[JsonSerializable(typeof(RuntimeClass))]
[JsonSerializable(typeof(PersistentVolume))]
[JsonSerializable(typeof(PersistentVolumeClaim))]
[JsonSerializable(typeof(StorageClass))]
[JsonSerializable(typeof(CSIDriver))]
[JsonSerializable(typeof(CSINode))]
[JsonSerializable(typeof(CSIStorageCapacity))]
internal sealed partial class ModelJsonContext : JsonSerializerContext;
