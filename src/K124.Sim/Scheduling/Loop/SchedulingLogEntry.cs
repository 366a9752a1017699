using System.Collections.Immutable;
using System.Text.Json.Serialization;
using K124.Sim.Model;
using K124.Sim.Scheduling.Queue;

namespace K124.Sim.Scheduling.Loop;

/// <summary>One thing that happened in a <see cref="SchedulingSimulation"/>.</summary>
public sealed record SchedulingLogEntry
{
    private readonly Items<string> _victims;
    private readonly Items<string> _clearedNominations;
    private readonly Items<string> _unschedulablePlugins;

    /// <summary>When.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>What.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required SchedulingLogKind Kind { get; init; }

    /// <summary>The object that it is about, as <c>namespace/name</c>; most often a pod.</summary>
    public required string Object { get; init; }

    /// <summary>Number of the pod's attempt, from 1; 0 if the entry is not about one.</summary>
    public int Attempt { get; init; }

    /// <summary>The node: chosen, bound to, or nominated; empty if there is none.</summary>
    public string Node { get; init; } = "";

    /// <summary>Type of the event: <c>Normal</c> or <c>Warning</c>; empty if the entry is none.</summary>
    public string Type { get; init; } = "";

    /// <summary>Reason of the event, or of the pod's PodScheduled condition.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Action of the event; empty if the entry is none.</summary>
    public string Action { get; init; } = "";

    /// <summary>Note of the event, or the message of the attempt.</summary>
    public string Message { get; init; } = "";

    /// <summary>Plugins that rejected the pod, in ordinal order.</summary>
    public ImmutableArray<string> UnschedulablePlugins { get => _unschedulablePlugins.Array; init => _unschedulablePlugins = new(value); }

    /// <summary>Pods that preemption evicts, as <c>namespace/name</c>.</summary>
    public ImmutableArray<string> Victims { get => _victims.Array; init => _victims = new(value); }

    /// <summary>Pods that lose their nomination to this one, as <c>namespace/name</c>.</summary>
    public ImmutableArray<string> ClearedNominations { get => _clearedNominations.Array; init => _clearedNominations = new(value); }

    /// <summary>Where in the queue a failed pod went; None if it went nowhere.</summary>
    public QueuedPodPlace Place { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Time:O} {Kind} {Object} {Node} {Reason} {Message}";
}
