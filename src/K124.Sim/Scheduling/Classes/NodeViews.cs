using System.Collections.Immutable;
using K124.Sim.Model;

namespace K124.Sim.Scheduling.Classes;

/// <summary>Finds, for a class of pods, another one that sees node objects the same way, so that this need not be worked out again.</summary>
internal sealed class NodeViews
{
    private const int MaxViews = 1 << 10;

    private readonly Dictionary<Key, PodClass> _latest = [];

    /// <summary>A class that sees node objects as the given one does, and that is up to date; null if there is none. The given one is next.</summary>
    public PodClass? Exchange(PodClass podClass)
    {
        var key = Key.Of(podClass);
        if (_latest.Count >= MaxViews)
        {
            _latest.Clear();
        }

        var other = _latest.GetValueOrDefault(key);
        _latest[key] = podClass;
        return other?.Counters is not null && ReferenceEquals(other.Owner, podClass.Owner) && other.Versions == podClass.Versions ? other : null;
    }

    /// <summary>All of a pod that plugins compare with a node object.</summary>
    private sealed record Key(
        string NodeName, StringMap<string> NodeSelector, Model.NodeAffinity? NodeAffinity, Items<Toleration> Tolerations, Items<string> Images, Pod? Outline)
    {
        public static Key Of(PodClass podClass)
        {
            var spec = podClass.Spec;
            return new(
                podClass.NodeName,
                spec.NodeSelector,
                spec.Affinity?.NodeAffinity,
                new(spec.Tolerations),
                new(ImmutableArray.CreateRange(spec.Containers, static container => container.Image)),
                podClass.Kind.Outline);
        }
    }
}
