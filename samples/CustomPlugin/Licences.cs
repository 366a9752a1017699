using K124.Sim.Model;
using K124.Sim.Scheduling.ExtensionPoints;

namespace CustomPlugin;

/// <summary>Pods labelled <c>licence</c> need one of a limited number of seats, and run cheapest where a licensed pod runs already.</summary>
internal sealed class Licences(int seats) : IPreFilterPlugin, IScorePlugin, IReservePlugin
{
    private readonly HashSet<ObjectKey> _holders = [];

    public string Name => nameof(Licences);

    public int Taken => _holders.Count;

    public PluginVerdict? PreFilter(Pod pod) => NeedsSeat(pod) && _holders.Count >= seats ? new("all licence seats are taken") : null;

    public long Score(Pod pod, NodeView node) => NeedsSeat(pod) && node.GetPods().Any(NeedsSeat) ? 100 : 0;

    public string? Reserve(Pod pod, string nodeName)
    {
        if (NeedsSeat(pod))
        {
            _holders.Add(ObjectKey.Of(pod));
        }

        return null;
    }

    public void Unreserve(Pod pod, string nodeName) => _holders.Remove(ObjectKey.Of(pod));

    private static bool NeedsSeat(Pod pod) => pod.Metadata.Labels.ContainsKey("licence");
}
