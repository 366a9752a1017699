using K124.Sim.Model;
using K124.Sim.Model.Selectors;
using K124.Sim.Scheduling.State;

namespace K124.Sim.Scheduling.Classes;

/// <summary>Which pods belong together with a pod: those of its services and of the workload that controls it.</summary>
/// <remarks>Kubernetes 1.24 pkg/scheduler/framework/plugins/helper (DefaultSelector).</remarks>
internal sealed class DefaultSelector(SchedulerState state)
{
    private ObjectSet<Service>? _services;
    private ILookup<string, Service>? _byNamespace;

    /// <summary>The same for another state, which has the same objects now.</summary>
    public DefaultSelector Fork(SchedulerState other) => new(other) { _services = _services, _byNamespace = _byNamespace };

    /// <summary>The selector for a pod, with a key that is equal for equal selectors; null if nothing selects it.</summary>
    public (CompiledSelector Selector, object Key)? For(Pod pod)
    {
        var labels = StringMap<string>.Empty;
        var cluster = state.Cluster;
        foreach (var service in ServicesOf(pod.Metadata.Namespace))
        {
            var selector = service.Spec.Selector!;
            if (Selects(selector, pod.Metadata.Labels))
            {
                labels = Merge(labels, selector);
            }
        }

        LabelSelector? workload = null;
        if (pod.Metadata.OwnerReferences.FirstOrDefault(static owner => owner.Controller == true) is { } owner)
        {
            var key = new ObjectKey(pod.Metadata.Namespace, owner.Name);
            switch (owner.ApiVersion, owner.Kind)
            {
                case ("v1", "ReplicationController"):
                    labels = Merge(labels, cluster.ReplicationControllers.Find(key)?.Spec.Selector ?? StringMap<string>.Empty);
                    break;
                case ("apps/v1", "ReplicaSet"):
                    workload = cluster.ReplicaSets.Find(key)?.Spec.Selector;
                    break;
                case ("apps/v1", "StatefulSet"):
                    workload = cluster.StatefulSets.Find(key)?.Spec.Selector;
                    break;
            }
        }

        var combined = CompiledSelector.Exactly(labels);
        if (workload is not null && CompiledSelector.TryCompile(workload, out _) is { } compiled)
        {
            combined = combined.And(compiled);
        }

        return combined.MatchesEverything ? null : (combined, (labels, workload));
    }

    private IEnumerable<Service> ServicesOf(string ns)
    {
        if (_byNamespace is null || !ReferenceEquals(_services, state.Cluster.Services))
        {
            _services = state.Cluster.Services;
            _byNamespace = _services.Where(static service => service.Spec.Selector is not null).ToLookup(static service => service.Metadata.Namespace, StringComparer.Ordinal);
        }

        return _byNamespace[ns];
    }

    private static bool Selects(StringMap<string> selector, StringMap<string> labels)
    {
        foreach (var (key, value) in selector.Entries)
        {
            if (!labels.TryGetValue(key, out var found) || found != value)
            {
                return false;
            }
        }

        return true;
    }

    private static StringMap<string> Merge(StringMap<string> first, StringMap<string> second)
    {
        foreach (var (key, value) in second)
        {
            first = first.With(key, value);
        }

        return first;
    }
}
