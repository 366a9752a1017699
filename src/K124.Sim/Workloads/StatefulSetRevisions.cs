using System.Collections.Immutable;
using K124.Sim.Api;
using K124.Sim.Model;

namespace K124.Sim.Workloads;

/// <summary>The revisions of one StatefulSet.</summary>
/// <param name="set">The set.</param>
/// <param name="revisions">Its revisions, older first.</param>
/// <param name="api">Connection to the API server.</param>
internal sealed class StatefulSetRevisions(StatefulSet set, ImmutableArray<ControllerRevision> revisions, IApiClient api)
{
    private const int Tries = 5;

    /// <summary>The revision that the set is at; null before <see cref="Find"/>.</summary>
    public ControllerRevision? Current { get; private set; }

    /// <summary>The revision that the set is to come to; null before <see cref="Find"/>.</summary>
    public ControllerRevision? Update { get; private set; }

    public int CollisionCount { get; private set; } = set.Status.CollisionCount ?? 0;

    public static ImmutableArray<ControllerRevision> List(StatefulSet set, IObjectReader cache) => ControllerRevisions.Sort(
        ControllerClaim<ControllerRevision>.Candidates(cache, set).Where(revision => set.Spec.Selector?.Matches(revision.Metadata.Labels) == true));

    /// <summary>Finds or makes the revision of the template, and the current one.</summary>
    /// <returns>The refusal; null if there was none.</returns>
    public ApiStatus? Find()
    {
        var candidate = Candidate();
        var equal = revisions.LastOrDefault(revision => ControllerRevisions.AreEqual(revision, candidate));
        ApiStatus? refusal = null;
        if (equal is null)
        {
            Update = Create(candidate, out refusal);
        }
        else if (ControllerRevisions.AreEqual(revisions[^1], equal))
        {
            Update = revisions[^1];
        }
        else
        {
            Update = Raise(equal, candidate.Revision, out refusal);
        }

        if (refusal is not null)
        {
            Update = null;
            return refusal;
        }

        Current = revisions.FirstOrDefault(revision => revision.Metadata.Name == set.Status.CurrentRevision) ?? Update;
        return null;
    }

    /// <summary>Deletes the oldest revisions that nobody needs, beyond the history's limit.</summary>
    /// <returns>The refusal; null if there was none.</returns>
    public ApiStatus? CleanUp(IEnumerable<Pod> pods)
    {
        var live = pods.Select(StatefulSetPods.RevisionOf).ToHashSet(StringComparer.Ordinal);
        live.Add(Current?.Metadata.Name ?? "");
        live.Add(Update?.Metadata.Name ?? "");
        ControllerRevision[] history = [.. revisions.Where(revision => !live.Contains(revision.Metadata.Name))];
        return history.Take(Math.Max(0, history.Length - (set.Spec.RevisionHistoryLimit ?? 0)))
            .Select(revision => api.Delete<ControllerRevision>(ObjectKey.Of(revision)).Status)
            .FirstOrDefault(static refusal => refusal is not null);
    }

    private ControllerRevision Candidate()
    {
        var data = RevisionData.Of(set.Spec.Template);
        var hash = PodTemplateHash.OfRevision(data, CollisionCount);
        return new()
        {
            Metadata = new()
            {
                Name = ControllerRevisions.NameOf(set.Metadata.Name, hash),
                Labels = set.Spec.Template.Metadata.Labels.With(ControllerRevisions.HashLabel, hash),
                Annotations = set.Metadata.Annotations,
                OwnerReferences = [ControllerReference.To(set)],
            },
            Data = RawJson.Parse(data),
            Revision = revisions.IsEmpty ? 1 : revisions[^1].Revision + 1,
        };
    }

    // Another revision may have the name: the next try has another one, under the hash of the first.
    private ControllerRevision? Create(ControllerRevision candidate, out ApiStatus? refusal)
    {
        var data = RevisionData.Of(set.Spec.Template);
        while (true)
        {
            var name = ControllerRevisions.NameOf(set.Metadata.Name, PodTemplateHash.OfRevision(data, CollisionCount));
            var key = new ObjectKey(set.Metadata.Namespace, name);
            var result = api.Write(new()
            {
                Verb = ApiVerb.Create,
                Kind = ApiKind.Of<ControllerRevision>(),
                Key = key,
                Object = candidate with { Metadata = candidate.Metadata with { Name = name } },
            });
            refusal = result.Status;
            if (!refusal.IsAlreadyExists())
            {
                return (ControllerRevision?)result.Value;
            }

            if (api.Get<ControllerRevision>(key) is not { } existing)
            {
                refusal = ApiReasons.NotFound("controllerrevisions.apps", name);
                return null;
            }

            refusal = null;
            if (ControllerRevisions.HaveSameData(existing, candidate))
            {
                return existing;
            }

            CollisionCount++;
        }
    }

    private ControllerRevision? Raise(ControllerRevision revision, long number, out ApiStatus? refusal)
    {
        refusal = null;
        for (var i = 0; i < Tries && revision.Revision != number; i++)
        {
            var result = api.Update(revision with { Revision = number });
            refusal = result.Status;
            if (!refusal.IsConflict())
            {
                return result.Value;
            }

            revision = api.Get<ControllerRevision>(ObjectKey.Of(revision)) ?? revision;
        }

        return revision;
    }
}
