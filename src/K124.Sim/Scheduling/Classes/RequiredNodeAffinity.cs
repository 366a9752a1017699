using K124.Sim.Model;
using K124.Sim.Model.Selectors;

namespace K124.Sim.Scheduling.Classes;

/// <summary>A pod's node selector and required node affinity together.</summary>
/// <remarks>Kubernetes 1.24 component-helpers/scheduling/corev1/nodeaffinity (RequiredNodeAffinity).</remarks>
internal sealed class RequiredNodeAffinity
{
    private readonly StringMap<string> _labels;
    private readonly CompiledNodeSelector? _selector;

    public RequiredNodeAffinity(PodSpec spec)
    {
        _labels = spec.NodeSelector;
        _selector = spec.Affinity?.NodeAffinity?.RequiredDuringSchedulingIgnoredDuringExecution is { } required
            ? CompiledNodeSelector.Compile(required)
            : null;
    }

    /// <summary>True if the pod asks nothing of its node.</summary>
    public bool MatchesEverything => _labels.Count == 0 && _selector is null;

    public bool Matches(Node node)
    {
        foreach (var (key, value) in _labels.Entries)
        {
            if (!node.Metadata.Labels.TryGetValue(key, out var found) || found != value)
            {
                return false;
            }
        }

        return _selector is null || _selector.Matches(node.Metadata.Name, node.Metadata.Labels);
    }
}
