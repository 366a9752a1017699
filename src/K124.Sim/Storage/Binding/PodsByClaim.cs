using K124.Sim.Model;
using K124.Sim.Storage.Volumes;

namespace K124.Sim.Storage.Binding;

/// <summary>Pods by the claims that they use.</summary>
internal sealed class PodsByClaim
{
    private readonly Dictionary<ObjectKey, Pod> _pods = [];
    private readonly Dictionary<ObjectKey, SortedSet<string>> _namesByClaim = [];

    public IEnumerable<Pod> All => _pods.Values;

    public void Set(Pod pod)
    {
        var key = ObjectKey.Of(pod);
        Remove(key);
        _pods.Add(key, pod);
        foreach (var claim in ClaimsOf(pod))
        {
            if (!_namesByClaim.TryGetValue(claim, out var names))
            {
                _namesByClaim.Add(claim, names = new(StringComparer.Ordinal));
            }

            names.Add(pod.Metadata.Name);
        }
    }

    public void Remove(ObjectKey key)
    {
        if (!_pods.Remove(key, out var pod))
        {
            return;
        }

        foreach (var claim in ClaimsOf(pod))
        {
            _namesByClaim[claim].Remove(pod.Metadata.Name);
        }
    }

    /// <summary>Names of the pods that use a claim and wait for a node, in order.</summary>
    public string[] Waiting(ObjectKey claim) => _namesByClaim.TryGetValue(claim, out var names)
        ? [.. names.Where(name => IsWaiting(_pods[new(claim.Namespace, name)]))]
        : [];

    private static bool IsWaiting(Pod pod) => pod.Spec.NodeName.Length == 0 && pod.Status.Phase is not ("Succeeded" or "Failed");

    private static IEnumerable<ObjectKey> ClaimsOf(Pod pod) => pod.Spec.Volumes
        .Select(volume => Claims.NameOf(pod, volume))
        .OfType<string>()
        .Select(name => new ObjectKey(pod.Metadata.Namespace, name))
        .Distinct();
}
