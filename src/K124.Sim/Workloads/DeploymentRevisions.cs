using System.Globalization;
using K124.Sim.Model;

namespace K124.Sim.Workloads;

/// <summary>Annotations by which a Deployment and its ReplicaSets tell revisions and sizes.</summary>
internal static class DeploymentRevisions
{
    public const string Revision = "deployment.kubernetes.io/revision";
    public const string RollbackTo = "deprecated.deployment.rollback.to";
    public const string HashLabel = "pod-template-hash";

    private const string History = "deployment.kubernetes.io/revision-history";
    private const string Desired = "deployment.kubernetes.io/desired-replicas";
    private const string Max = "deployment.kubernetes.io/max-replicas";
    private const string LastApplied = "kubectl.kubernetes.io/last-applied-configuration";
    private const int LongestHistory = 2000;

    /// <summary>Whether an annotation is the controller's or kubectl's own, and so is not copied.</summary>
    public static bool IsReserved(string annotation) => annotation is LastApplied or Revision or History or Desired or Max or RollbackTo;

    /// <summary>An object's revision: 0 if it has none, null if it cannot be read.</summary>
    public static long? RevisionOf(IApiObject item) =>
        !item.Metadata.Annotations.TryGetValue(Revision, out var text) ? 0
        : long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var revision) ? revision
        : null;

    public static long Highest(IEnumerable<ReplicaSet> sets) => sets.Aggregate(0L, static (highest, set) => Math.Max(highest, RevisionOf(set) ?? 0));

    /// <summary>The second highest revision; 0 if there is none.</summary>
    public static long SecondHighest(IEnumerable<ReplicaSet> sets)
    {
        long highest = 0, second = 0;
        foreach (var set in sets)
        {
            var revision = RevisionOf(set) ?? 0;
            if (revision >= highest)
            {
                (second, highest) = (highest, revision);
            }
            else if (revision > second)
            {
                second = revision;
            }
        }

        return second;
    }

    public static long? RollbackTarget(Deployment deployment) =>
        deployment.Metadata.Annotations.TryGetValue(RollbackTo, out var text)
        && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var revision) ? revision : null;

    public static int? DesiredReplicas(ReplicaSet set) => Number(set, Desired);

    public static int? MaxReplicas(ReplicaSet set) => Number(set, Max);

    /// <summary>A ReplicaSet's annotations with a Deployment's own, and whether that changes them.</summary>
    public static (StringMap<string> Annotations, bool HasChanged) CopyInto(StringMap<string> annotations, Deployment deployment)
    {
        var hasChanged = false;
        foreach (var (key, value) in deployment.Metadata.Annotations.Entries)
        {
            if (!IsReserved(key) && (!annotations.TryGetValue(key, out var own) || own != value))
            {
                annotations = annotations.With(key, value);
                hasChanged = true;
            }
        }

        return (annotations, hasChanged);
    }

    /// <summary>Annotations under a new revision; the old one joins the history.</summary>
    /// <returns>The annotations; null if the old revision cannot be read, and nothing is to be reported then.</returns>
    public static (StringMap<string> Annotations, bool HasChanged)? Raise(StringMap<string> annotations, long revision)
    {
        var hasRevision = annotations.TryGetValue(Revision, out var oldText);
        long old = 0;
        if (hasRevision && oldText!.Length > 0 && !long.TryParse(oldText, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out old))
        {
            return null;
        }

        if (old >= revision)
        {
            return (annotations, false);
        }

        annotations = annotations.With(Revision, revision.ToString(CultureInfo.InvariantCulture));
        return (hasRevision ? AppendToHistory(annotations, oldText!) : annotations, true);
    }

    /// <summary>Annotations that note a Deployment's size and how large it may get.</summary>
    public static StringMap<string> WithSizes(StringMap<string> annotations, int desired, int max) => annotations
        .With(Desired, desired.ToString(CultureInfo.InvariantCulture))
        .With(Max, max.ToString(CultureInfo.InvariantCulture));

    public static bool HasSizes(StringMap<string> annotations, int desired, int max) => WithSizes(annotations, desired, max).Equals(annotations);

    /// <summary>A template without the label that tells its hash.</summary>
    public static PodTemplateSpec WithoutHash(PodTemplateSpec template) => template with
    {
        Metadata = template.Metadata with { Labels = template.Metadata.Labels.Without(HashLabel) },
    };

    private static StringMap<string> AppendToHistory(StringMap<string> annotations, string revision)
    {
        var history = annotations.TryGetValue(History, out var text) ? text : "";
        if (history.Length == 0 || history[0] == ',')
        {
            return annotations.With(History, revision);
        }

        var revisions = history.Split(',');
        var length = history.Length + revision.Length + 1;
        var first = 0;
        while (length > LongestHistory && first < revisions.Length)
        {
            length -= revisions[first++].Length + 1;
        }

        return length <= LongestHistory ? annotations.With(History, string.Join(',', revisions[first..].Append(revision))) : annotations;
    }

    private static int? Number(ReplicaSet set, string annotation) =>
        set.Metadata.Annotations.TryGetValue(annotation, out var text)
        && int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
}
