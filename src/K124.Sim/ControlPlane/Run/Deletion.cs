using System.Collections.Immutable;
using K124.Sim.Api;
using K124.Sim.Model;

namespace K124.Sim.ControlPlane.Run;

/// <summary>What a delete does to an object: takes it away, or marks it as terminating.</summary>
/// <param name="Removes">Whether the object goes.</param>
/// <param name="Marked">The metadata to write first; null if nothing is written.</param>
internal readonly record struct Deletion(bool Removes, ObjectMeta? Marked)
{
    /// <summary>Decides a delete.</summary>
    /// <param name="item">The object as stored.</param>
    /// <param name="options">Options of the request.</param>
    /// <param name="now">The present.</param>
    public static Deletion Of(IApiObject item, DeleteOptions options, DateTimeOffset now)
    {
        var meta = item.Metadata;
        var graceSeconds = GraceSecondsOf(item, options);
        var finalizers = FinalizersOf(item, options);
        var waits = finalizers.Length > 0 || graceSeconds > 0 || item is Namespace { Spec.Finalizers.IsEmpty: false };
        if (meta.DeletionTimestamp is not null)
        {
            return Again(item, graceSeconds, finalizers, waits, now);
        }

        if (!waits && item is not Pod)
        {
            return new(Removes: true, null);
        }

        var marked = meta with
        {
            DeletionTimestamp = WholeSecond(now).AddSeconds(graceSeconds),
            DeletionGracePeriodSeconds = item is Namespace ? null : graceSeconds,
            Finalizers = finalizers,
            Generation = meta.Generation > 0 ? meta.Generation + 1 : 0,
        };
        return new(!waits, marked);
    }

    /// <summary>Whether a terminating object has nothing left that it waits for.</summary>
    public static bool IsOver(IApiObject item) =>
        item.Metadata is { DeletionTimestamp: not null, Finalizers.IsEmpty: true, DeletionGracePeriodSeconds: null or 0 }
        && item is not Namespace { Spec.Finalizers.IsEmpty: false };

    /// <summary>A delete of what is terminating already may shorten its grace, and change what is done with its dependents.</summary>
    private static Deletion Again(IApiObject item, long graceSeconds, ImmutableArray<string> finalizers, bool waits, DateTimeOffset now)
    {
        var meta = item.Metadata;
        var marked = meta;
        if (item is Pod && meta.DeletionGracePeriodSeconds is { } stored && graceSeconds < stored)
        {
            var asked = meta.DeletionTimestamp!.Value.AddSeconds(-stored);
            marked = marked with { DeletionGracePeriodSeconds = graceSeconds, DeletionTimestamp = graceSeconds == 0 ? WholeSecond(now) : asked.AddSeconds(graceSeconds) };
        }

        if (!finalizers.SequenceEqual(meta.Finalizers))
        {
            marked = marked with { Finalizers = finalizers };
        }

        return new(!waits, ReferenceEquals(marked, meta) ? null : marked);
    }

    private static long GraceSecondsOf(IApiObject item, DeleteOptions options) => item is Pod pod
        ? DeletionRules.GraceOfPod(pod.Spec.NodeName, pod.Status.Phase, pod.Spec.TerminationGracePeriodSeconds, options.GracePeriodSeconds)
        : 0;

    private static ImmutableArray<string> FinalizersOf(IApiObject item, DeleteOptions options) =>
        options.PropagationPolicy is null && item is not (ReplicationController or Job)
            ? item.Metadata.Finalizers
            : DeletionRules.Finalizers(item.Metadata.Finalizers, options.PropagationPolicy ?? "", item is ReplicationController or Job, isCollected: true);

    private static DateTimeOffset WholeSecond(DateTimeOffset time) => time.AddTicks(-(time.UtcTicks % TimeSpan.TicksPerSecond));
}
