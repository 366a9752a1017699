using System.Collections.Immutable;
using K124.Sim.Model;

namespace K124.Sim.Storage.Binding;

/// <summary>The writes with which the binding of a pod's volumes began.</summary>
/// <param name="Pod">Namespace and name of the pod.</param>
/// <param name="NodeName">The node that the volumes are bound for.</param>
/// <param name="Volumes">Volumes and claims as the API stored them.</param>
/// <param name="Writes">Objects as the API stored them, in the order of writing.</param>
/// <param name="Error">Why the API refused the next one; null if it took all.</param>
public sealed record VolumeBindingAttempt(ObjectKey Pod, string NodeName, PodVolumes Volumes, ImmutableArray<IApiObject> Writes, string? Error);
