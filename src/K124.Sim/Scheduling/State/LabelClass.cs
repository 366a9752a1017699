using K124.Sim.Model;

namespace K124.Sim.Scheduling.State;

/// <summary>All pods that look the same to selectors: one namespace, the same labels, terminating or not.</summary>
/// <param name="id">Its place among those that a population counts; -1 if it is none of them.</param>
/// <param name="namespace">The namespace.</param>
/// <param name="labels">The labels.</param>
/// <param name="isTerminating">Whether the pods are about to go.</param>
internal sealed class LabelClass(int id, string @namespace, StringMap<string> labels, bool isTerminating)
{
    public int Id { get; } = id;

    public string Namespace { get; } = @namespace;

    public StringMap<string> Labels { get; } = labels;

    public bool IsTerminating { get; } = isTerminating;
}
