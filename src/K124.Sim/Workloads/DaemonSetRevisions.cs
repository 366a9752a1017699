using System.Collections.Immutable;
using System.Text.Json.Nodes;
using K124.Sim.Api;
using K124.Sim.Model;

namespace K124.Sim.Workloads;

/// <summary>The revisions of one DaemonSet.</summary>
/// <param name="set">The DaemonSet.</param>
/// <param name="selector">Whether labels are selected by it.</param>
/// <param name="daemons">Finds its pods; null if that failed.</param>
/// <param name="cache">Objects as the watches have told them.</param>
/// <param name="api">Connection to the API server.</param>
internal sealed class DaemonSetRevisions(
    DaemonSet set, Func<StringMap<string>, bool> selector, Func<(ImmutableArray<Pod> Pods, string? Error)> daemons, IObjectReader cache, IApiClient api)
{
    private readonly RawJson _data = RawJson.Parse(RevisionData.Of(set.Spec.Template));

    /// <summary>The hash by which the template's pods are told; empty before <see cref="Find"/>.</summary>
    public string Hash { get; private set; } = "";

    /// <summary>Revisions of other templates; empty before <see cref="Find"/>.</summary>
    public List<ControllerRevision> Old { get; } = [];

    /// <summary>Finds or makes the revision of the template.</summary>
    /// <returns>What went wrong; null if nothing.</returns>
    public string? Find()
    {
        var claim = new ControllerClaim<ControllerRevision>(
            set, ApiKind.Of<DaemonSet>(), revision => selector(revision.Metadata.Labels), api);
        var (claimed, error) = claim.Claim(ControllerClaim<ControllerRevision>.Candidates(cache, set));
        if (error is not null)
        {
            return error;
        }

        var current = new List<ControllerRevision>();
        foreach (var item in claimed)
        {
            var revision = item;
            if (!revision.Metadata.Labels.ContainsKey(ControllerRevisions.PodLabel))
            {
                var result = api.Update(WithHash(revision, revision.Metadata.Name));
                if (!result.Succeeded)
                {
                    return result.Status.Message;
                }

                revision = result.Value;
            }

            (revision.Data == _data ? current : Old).Add(revision);
        }

        var number = Old.Aggregate(0L, static (most, revision) => Math.Max(most, revision.Revision)) + 1;
        return current.Count == 0 ? Make(number) : KeepOne(current, number);
    }

    /// <summary>Deletes the oldest revisions whose hash no pod carries, beyond the history's limit.</summary>
    /// <returns>What went wrong; null if nothing.</returns>
    public string? CleanUp()
    {
        var (pods, error) = daemons();
        if (error is not null)
        {
            return error;
        }

        var surplus = Old.Count - (set.Spec.RevisionHistoryLimit ?? 0);
        if (surplus <= 0)
        {
            return null;
        }

        var live = pods.Select(StatefulSetPods.RevisionOf).Where(static hash => hash.Length > 0).ToHashSet(StringComparer.Ordinal);
        foreach (var revision in Old.OrderBy(static revision => revision.Revision))
        {
            if (surplus <= 0)
            {
                break;
            }

            if (live.Contains(HashOf(revision)))
            {
                continue;
            }

            if (api.Delete<ControllerRevision>(ObjectKey.Of(revision)).Status is { } refusal)
            {
                return refusal.Message;
            }

            surplus--;
        }

        return null;
    }

    private static ControllerRevision WithHash(ControllerRevision revision, string hash) => revision with
    {
        Metadata = revision.Metadata with { Labels = revision.Metadata.Labels.With(ControllerRevisions.PodLabel, hash) },
    };

    private static string HashOf(ControllerRevision revision) =>
        revision.Metadata.Labels.TryGetValue(ControllerRevisions.PodLabel, out var hash) ? hash : "";

    private string? Make(long number)
    {
        var hash = PodTemplateHash.Of(set.Spec.Template, set.Status.CollisionCount);
        var wanted = new ControllerRevision
        {
            Metadata = new()
            {
                Name = $"{set.Metadata.Name}-{hash}",
                Namespace = set.Metadata.Namespace,
                Labels = set.Spec.Template.Metadata.Labels.With(ControllerRevisions.PodLabel, hash),
                Annotations = set.Metadata.Annotations,
                OwnerReferences = [ControllerReference.To(set)],
            },
            Data = _data,
            Revision = number,
        };
        var result = api.Create(wanted);
        if (result.Succeeded)
        {
            Hash = HashOf(result.Value);
            return null;
        }

        return result.Status.IsAlreadyExists() ? UseExisting(wanted, result.Status) : result.Status.Message;
    }

    private string? UseExisting(ControllerRevision wanted, ApiStatus refusal)
    {
        if (api.Get<ControllerRevision>(ObjectKey.Of(wanted)) is not { } existing)
        {
            return ApiReasons.NotFound("controllerrevisions.apps", wanted.Metadata.Name).Message;
        }

        if (existing.Data == _data)
        {
            Hash = HashOf(existing);
            return null;
        }

        if (api.Get<DaemonSet>(ObjectKey.Of(set)) is not { } live)
        {
            return ApiReasons.NotFound("daemonsets.apps", set.Metadata.Name).Message;
        }

        if (live.Status.CollisionCount != set.Status.CollisionCount)
        {
            return $"found a stale collision count ({set.Status.CollisionCount}, expected {live.Status.CollisionCount}) of DaemonSet \"{set.Metadata.Name}\" "
                + "while processing; will retry until it is updated";
        }

        var status = live.Status with { CollisionCount = (live.Status.CollisionCount ?? 0) + 1 };
        return (api.UpdateStatus(live with { Status = status }).Status ?? refusal).Message;
    }

    private string? KeepOne(List<ControllerRevision> current, long number)
    {
        var kept = current.Aggregate(static (best, revision) => revision.Revision >= best.Revision ? revision : best);
        foreach (var revision in current.Where(revision => revision.Metadata.Name != kept.Metadata.Name))
        {
            if (Relabel(HashOf(kept)) is { } error)
            {
                return error;
            }

            if (api.Delete<ControllerRevision>(ObjectKey.Of(revision)).Status is { } refusal)
            {
                return refusal.Message;
            }
        }

        Hash = HashOf(kept);
        return kept.Revision < number ? api.Update(kept with { Revision = number }).Status?.Message : null;
    }

    private string? Relabel(string hash)
    {
        var (pods, error) = daemons();
        if (error is not null)
        {
            return error;
        }

        foreach (var pod in pods.Where(pod => StatefulSetPods.RevisionOf(pod) != hash))
        {
            var patch = new JsonObject
            {
                ["metadata"] = new JsonObject { ["labels"] = new JsonObject { [ControllerRevisions.PodLabel] = hash } },
            };
            var result = api.Patch<Pod>(ObjectKey.Of(pod), PatchType.StrategicMerge, patch.ToJsonString());
            if (!result.Succeeded)
            {
                return result.Status.Message;
            }
        }

        return null;
    }
}
