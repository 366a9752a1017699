using K124.Sim.Api;
using K124.Sim.Model;

namespace K124.Sim.Policy;

/// <summary>A workload as its scale shows it.</summary>
/// <param name="Object">The workload.</param>
/// <param name="Replicas">How many it is to have.</param>
/// <param name="StatusReplicas">How many it has.</param>
/// <param name="Selector">Which pods are its own; null if it selects none.</param>
internal sealed record ScaleTarget(IApiObject Object, int Replicas, int StatusReplicas, LabelSelector? Selector)
{
    /// <summary>The scale of an object; null if its kind has none.</summary>
    public static ScaleTarget? Of(IApiObject item) => item switch
    {
        Deployment own => new(own, own.Spec.Replicas ?? 1, own.Status.Replicas, own.Spec.Selector),
        ReplicaSet own => new(own, own.Spec.Replicas ?? 1, own.Status.Replicas, own.Spec.Selector),
        StatefulSet own => new(own, own.Spec.Replicas ?? 1, own.Status.Replicas, own.Spec.Selector),
        ReplicationController own => new(own, own.Spec.Replicas ?? 1, own.Status.Replicas, own.Spec.Selector is { } labels ? new() { MatchLabels = labels } : null),
        _ => null,
    };

    /// <summary>Sets the size.</summary>
    public ApiStatus? Write(int replicas, IApiClient api) => Object switch
    {
        Deployment own => api.Update(own with { Spec = own.Spec with { Replicas = replicas } }).Status,
        ReplicaSet own => api.Update(own with { Spec = own.Spec with { Replicas = replicas } }).Status,
        StatefulSet own => api.Update(own with { Spec = own.Spec with { Replicas = replicas } }).Status,
        _ => api.Update((ReplicationController)Object with { Spec = ((ReplicationController)Object).Spec with { Replicas = replicas } }).Status,
    };
}
