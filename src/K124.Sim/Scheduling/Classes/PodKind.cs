using K124.Sim.Model;
using K124.Sim.Scheduling.State;
using K124.Sim.Scheduling.Volumes;

namespace K124.Sim.Scheduling.Classes;

/// <summary>Pods that every plugin treats alike. Never changes, so that forks share it.</summary>
internal sealed class PodKind(Pod sample, string nodeName, PodRequests requests, LabelClass labels, CarriedTerm[] carriedTerms, VolumeShape? volumes, Pod? outline)
{
    /// <summary>One pod of the kind. What tells pods of a kind apart, such as their names, must not be read.</summary>
    public Pod Sample { get; } = sample;

    /// <summary>The node that an incoming pod names; empty for most, and for pods on nodes.</summary>
    public string NodeName { get; } = nodeName;

    public PodRequests Requests { get; } = requests;

    public HostPort[] HostPorts { get; } = State.HostPorts.Of(sample);

    public LabelClass Labels { get; } = labels;

    /// <summary>What an incoming pod has of volumes that plugins look at; null for none, and for pods on nodes.</summary>
    public VolumeShape? Volumes { get; } = volumes;

    public CarriedTerm[] CarriedTerms { get; } = carriedTerms;

    /// <summary>What users' plugins that remember verdicts are shown of the pods: it is a part of what tells kinds apart. Null if there are none.</summary>
    public Pod? Outline { get; } = outline;
}
