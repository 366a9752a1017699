using System.Collections.Immutable;
using K124.Sim.Model;
using K124.Sim.Model.Json;

namespace K124.Sim.Manifests.Internal;

/// <summary>Lets the pods of one workload share the parts that are the same in all of them.</summary>
internal sealed class PodSharing
{
    private readonly ValuePool<OwnerReference> _owners = new(static (a, b) => a == b);
    private readonly ValuePool<Toleration> _tolerations = new(static (a, b) => a == b);

    // Equal quantities may be written differently; the maps are shared already if they are written alike.
    private readonly ValuePool<ResourceRequirements> _resources =
        new(static (a, b) => ReferenceEquals(a.Requests, b.Requests) && ReferenceEquals(a.Limits, b.Limits));

    public IApiObject Share(IApiObject item) => item is not Pod pod ? item : pod with
    {
        Metadata = pod.Metadata with { OwnerReferences = Share(pod.Metadata.OwnerReferences, _owners) },
        Spec = pod.Spec with
        {
            Tolerations = Share(pod.Spec.Tolerations, _tolerations),
            Containers = [.. pod.Spec.Containers.Select(container => container with { Resources = _resources.Share(container.Resources) })],
        },
    };

    private static ImmutableArray<T> Share<T>(ImmutableArray<T> items, ValuePool<T> pool)
        where T : class => items.IsEmpty ? [] : ImmutableArray.CreateRange(items, pool.Share);
}
