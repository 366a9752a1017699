using K124.Sim.Model;

namespace K124.Sim.Scheduling.Internal;

/// <summary>All pods that look the same to selectors: one namespace, the same labels, terminating or not.</summary>
internal sealed class LabelClass(string @namespace, StringMap<string> labels, bool isTerminating)
{
    public string Namespace { get; } = @namespace;

    public StringMap<string> Labels { get; } = labels;

    public bool IsTerminating { get; } = isTerminating;

    /// <summary>The counters that count these pods.</summary>
    public List<MatchCounter> Counters { get; } = [];
}
