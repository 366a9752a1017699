using System.Collections.Immutable;
using K124.Sim.Model;
using K124.Sim.Scheduling.Classes;
using K124.Sim.Scheduling.State;

namespace K124.Sim.Scheduling.Queue;

/// <summary>What the scheduling queue knows of a pod.</summary>
/// <remarks>Kubernetes 1.24 pkg/scheduler/framework (QueuedPodInfo). Only the queue changes it.</remarks>
public sealed class QueuedPodInfo
{
    private ImmutableArray<AffinityTerm> _requiredAffinity;
    private Affinity? _compiledFrom;

    internal QueuedPodInfo(Pod pod, long nowTicks)
    {
        Pod = pod;
        Key = ObjectKey.Of(pod);
        TimestampTicks = nowTicks;
        InitialAttemptTimestamp = new(nowTicks, TimeSpan.Zero);
    }

    private QueuedPodInfo(QueuedPodInfo other)
    {
        Pod = other.Pod;
        Key = other.Key;
        TimestampTicks = other.TimestampTicks;
        InitialAttemptTimestamp = other.InitialAttemptTimestamp;
        Attempts = other.Attempts;
        UnschedulablePlugins = other.UnschedulablePlugins;
        Place = other.Place;
        BackoffExpiryTicks = other.BackoffExpiryTicks;
        Sequence = other.Sequence;
    }

    /// <summary>The pod as it was last seen.</summary>
    public Pod Pod { get; internal set; }

    /// <summary>Its namespace and name.</summary>
    public ObjectKey Key { get; }

    /// <summary>When it came into the queue, or when its last attempt failed.</summary>
    public DateTimeOffset Timestamp => new(TimestampTicks, TimeSpan.Zero);

    /// <summary>When it first came into the queue.</summary>
    public DateTimeOffset InitialAttemptTimestamp { get; }

    /// <summary>Attempts so far, the one under way included.</summary>
    public int Attempts { get; internal set; }

    /// <summary>Plugins that rejected it in its last attempt, in ordinal order; none if that is not known.</summary>
    public ImmutableArray<string> UnschedulablePlugins { get; internal set; } = [];

    /// <summary>Where it is.</summary>
    public QueuedPodPlace Place { get; internal set; }

    internal int Priority => Pod.Spec.Priority ?? 0;

    internal long TimestampTicks { get; set; }

    /// <summary>When its backoff ends; kept while it is in the backoff heap.</summary>
    internal long BackoffExpiryTicks { get; set; }

    /// <summary>Order of coming to where it is.</summary>
    internal long Sequence { get; set; }

    internal int HeapIndex { get; set; } = -1;

    internal UnschedulableGroup? Group { get; set; }

    internal QueuedPodInfo? PreviousInGroup { get; set; }

    internal QueuedPodInfo? NextInGroup { get; set; }

    internal QueuedPodInfo? Previous { get; set; }

    internal QueuedPodInfo? Next { get; set; }

    internal bool HasRequiredPodAffinity => Pod.Spec.Affinity?.PodAffinity?.RequiredDuringSchedulingIgnoredDuringExecution.IsEmpty == false;

    /// <summary>Whether a required pod-affinity term of this pod selects another pod.</summary>
    internal bool RequiresAffinityTo(LabelClass other, StringMap<string> namespaceLabels)
    {
        foreach (var term in RequiredAffinity())
        {
            if (term.Matches(other, namespaceLabels))
            {
                return true;
            }
        }

        return false;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Key} ({Place})";

    /// <summary>The same pod with the same past, in no heap and no list yet.</summary>
    internal QueuedPodInfo Copy() => new(this);

    private ImmutableArray<AffinityTerm> RequiredAffinity()
    {
        if (_requiredAffinity.IsDefault || !ReferenceEquals(_compiledFrom, Pod.Spec.Affinity))
        {
            _compiledFrom = Pod.Spec.Affinity;
            _requiredAffinity = Compile(_compiledFrom?.PodAffinity?.RequiredDuringSchedulingIgnoredDuringExecution ?? [], Key.Namespace);
        }

        return _requiredAffinity;
    }

    /// <summary>A single term that cannot be read makes 1.24 drop them all.</summary>
    private static ImmutableArray<AffinityTerm> Compile(ImmutableArray<PodAffinityTerm> terms, string ownNamespace)
    {
        var compiled = ImmutableArray.CreateBuilder<AffinityTerm>(terms.Length);
        foreach (var term in terms)
        {
            if (AffinityTerm.TryCompile(term, ownNamespace, out _) is not { } readable)
            {
                return [];
            }

            compiled.Add(readable);
        }

        return compiled.ToImmutable();
    }
}
