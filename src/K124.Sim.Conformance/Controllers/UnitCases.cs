using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using K124.Sim.Api;
using K124.Sim.Batch.CronJobs;
using K124.Sim.Conformance.Comparing;
using K124.Sim.Conformance.Controllers.Harness;
using K124.Sim.Model;
using K124.Sim.Nodes;
using K124.Sim.Time;
using K124.Sim.Workloads;

namespace K124.Sim.Conformance.Controllers;

/// <summary>Recorded answers of the small functions that controllers are made of.</summary>
internal static class UnitCases
{
    public static CaseOutcome Verify(RecordedCase recorded)
    {
        var json = recorded.Json;
        var actual = json.GetProperty("fn").GetString() switch
        {
            "podTemplateHash" => PodTemplate(json, recorded.Expect),
            "statefulSetRevision" => Revision(json),
            "rolling" => Rolling(json),
            "proportion" => Proportion(json),
            "scaledValue" => Scaled(json),
            "slowStart" => Slow(json),
            "cron" => Cron(json),
            "taintEviction" => Taints(json),
            _ => null,
        };
        return actual is null
            ? new CaseOutcome.NotCovered([json.GetProperty("fn").GetString()!])
            : CaseOutcome.Of(JsonDifference.Between("expect", ModelJson.Tree(recorded.Expect), actual));
    }

    public static CaseOutcome Ranking(RecordedCase recorded)
    {
        var json = recorded.Json;
        var pods = CaseReader.ReadAll<Pod>(json, "pods").ToArray();
        var related = json.GetProperty("otherRelatedPods").ValueKind == JsonValueKind.Array
            ? pods.Concat(CaseReader.ReadAll<Pod>(json, "otherRelatedPods")).ToArray()
            : pods;
        var ranking = new PodDeletionRanking(json.GetProperty("now").GetDateTimeOffset(), SyncCase.ReadGates(json));
        var comparison = new Comparison();
        var count = json.GetProperty("count").GetInt32();
        var deleted = string.Join(',', ranking.Rank(pods, related)[..count].Select(static pod => pod.Metadata.Name).Order(StringComparer.Ordinal));
        string[] allowed = [.. recorded.Expect.GetProperty("deletedAnyOf").EnumerateArray().Select(
            static set => string.Join(',', set.EnumerateArray().Select(static name => name.GetString()).Order(StringComparer.Ordinal)))];
        if (!allowed.Contains(deleted))
        {
            comparison.Equal("deleted", string.Join(" or ", allowed), deleted);
        }

        var ranked = pods.Select(pod => ranking.Describe(pod, related.Count(
            other => Pods.PodPredicates.IsActive(other) && other.Spec.NodeName == pod.Spec.NodeName))).ToArray();
        var orders = recorded.Expect.TryGetProperty("pairwise", out var pairwise) && pairwise.ValueKind == JsonValueKind.Array
            ? pairwise.EnumerateArray().Select(static order => order.GetInt32()).ToArray()
            : [];
        for (int i = 0, pair = 0; i < ranked.Length; i++)
        {
            for (var j = i + 1; j < ranked.Length && pair < orders.Length; j++, pair++)
            {
                comparison.Equal($"pairwise[{i},{j}]", Text(orders[pair]), Text(Math.Sign(ranking.Compare(ranked[i], ranked[j]))));
            }
        }

        return comparison.Outcome;
    }

    private static JsonObject PodTemplate(JsonElement json, JsonElement expect)
    {
        var template = ModelJson.Tree(json.GetProperty("template"));
        var actual = new JsonObject { ["hash"] = PodTemplateHash.Of(template, Optional(json, "collisionCount")) };
        if (expect.TryGetProperty("printed", out _))
        {
            actual["printed"] = PodTemplatePrinter.Print(template);
        }

        return actual;
    }

    private static JsonObject Revision(JsonElement json)
    {
        var data = RevisionData.Of(ModelJson.Tree(json.GetProperty("template")));
        var hash = PodTemplateHash.OfRevision(data, Optional(json, "collisionCount") ?? 0);
        return new() { ["dataBytes"] = data, ["hash"] = hash, ["name"] = ControllerRevisions.NameOf(json.GetProperty("name").GetString()!, hash) };
    }

    private static JsonObject Rolling(JsonElement json)
    {
        var deployment = DeploymentOf(json, json.GetProperty("replicas").GetInt32(), 0);
        var strategy = deployment.Spec.Strategy.RollingUpdate!;
        var replicas = RollingUpdate.Replicas(deployment);
        var (surge, unavailable, _) = RollingUpdate.Fenceposts(strategy.MaxSurge, strategy.MaxUnavailable, replicas);
        var size = json.GetProperty("newReplicaSet").GetInt32();
        var maxUnavailable = RollingUpdate.MaxUnavailable(deployment);
        return new()
        {
            ["maxSurge"] = RollingUpdate.MaxSurge(deployment),
            ["maxUnavailable"] = maxUnavailable,
            ["minAvailable"] = replicas - maxUnavailable,
            ["newReplicaSetTarget"] = RollingUpdate.NewReplicaSetSize(deployment, size, size + json.GetProperty("oldReplicaSets").GetInt32(), out _),
            ["surge"] = surge,
            ["unavailable"] = unavailable,
        };
    }

    private static JsonObject Proportion(JsonElement json) => new()
    {
        ["proportion"] = RollingUpdate.Proportion(
            json.GetProperty("replicaSet").GetInt32(),
            Optional(json, "maxReplicasAnnotation"),
            DeploymentOf(json, json.GetProperty("deploymentReplicas").GetInt32(), json.GetProperty("statusReplicas").GetInt32()),
            json.GetProperty("toAdd").GetInt32(),
            json.GetProperty("added").GetInt32()),
    };

    private static Deployment DeploymentOf(JsonElement json, int replicas, int statusReplicas) => new()
    {
        Spec = new()
        {
            Replicas = replicas,
            Strategy = new()
            {
                Type = RollingUpdate.TypeName,
                RollingUpdate = new() { MaxSurge = IntOrStringOf(json, "maxSurge"), MaxUnavailable = IntOrStringOf(json, "maxUnavailable") },
            },
        },
        Status = new() { Replicas = statusReplicas },
    };

    private static JsonObject Scaled(JsonElement json)
    {
        return new() { ["roundDown"] = Share(roundUp: false), ["roundUp"] = Share(roundUp: true) };

        JsonNode Share(bool roundUp)
        {
            var share = ScaledValue.Of(IntOrStringOf(json, "value")!.Value, json.GetProperty("total").GetInt32(), roundUp, out var error);
            return error is null ? share : new JsonObject { ["error"] = error };
        }
    }

    private static JsonObject Slow(JsonElement json)
    {
        var failFrom = json.GetProperty("failFromCall").GetInt32();
        var calls = 0;
        var (successes, refusal) = SlowStart.Run(
            json.GetProperty("count").GetInt32(),
            _ => ++calls >= failFrom && failFrom > 0 ? new ApiStatus { Code = 500 } : null);
        return new() { ["calls"] = calls, ["failed"] = refusal is not null, ["successes"] = successes };
    }

    private static JsonObject Cron(JsonElement json)
    {
        if (!CronSchedule.TryParse(json.GetProperty("schedule").GetString()!, Zone, out var schedule, out var error))
        {
            return new() { ["error"] = error };
        }

        var from = json.GetProperty("from").GetDateTimeOffset();
        var next = new JsonArray();
        DateTimeOffset? time = from;
        const int Times = 4;
        for (var i = 0; i < Times && time is not null; i++)
        {
            time = schedule.Next(time.Value, TimeZoneInfo.Utc);
            next.Add(time is null ? null : TimeText(time.Value));
        }

        var actual = new JsonObject { ["next"] = next };
        if (json.TryGetProperty("now", out var now))
        {
            var missed = MissedRuns.Between(schedule, TimeZoneInfo.Utc, from, now.GetDateTimeOffset());
            var mostRecent = new JsonObject { ["missed"] = missed.Count };
            if (missed.Error is not null)
            {
                mostRecent["error"] = missed.Error;
            }

            if (missed.Latest is { } latest)
            {
                mostRecent["time"] = TimeText(latest);
            }

            actual["mostRecent"] = mostRecent;
        }

        return actual;
    }

    private static JsonObject Taints(JsonElement json)
    {
        var now = DateTimeOffset.UnixEpoch.AddYears(1);
        var pod = CaseReader.Read<Pod>(JsonDocument.Parse(new JsonObject
        {
            ["metadata"] = new JsonObject(),
            ["spec"] = new JsonObject { ["tolerations"] = JsonNode.Parse(json.GetProperty("tolerations").GetRawText()) },
        }.ToJsonString()).RootElement);
        var node = CaseReader.Read<Node>(JsonDocument.Parse(new JsonObject
        {
            ["spec"] = new JsonObject { ["taints"] = JsonNode.Parse(json.GetProperty("taints").GetRawText()) },
        }.ToJsonString()).RootElement);
        PendingEviction? pending = null;
        if (json.TryGetProperty("pending", out var scheduled))
        {
            var since = now.AddSeconds(-scheduled.GetProperty("startedSecondsAgo").GetDouble());
            pending = new(since, since.AddSeconds(scheduled.GetProperty("firesInSeconds").GetDouble()));
        }

        Taint[] taints = [.. node.Spec.Taints.Where(static taint => taint.Effect == TaintEviction.NoExecute)];
        var decision = TaintEviction.Decide(taints, pod.Spec.Tolerations, pending, now);
        var actual = new JsonObject { ["decision"] = decision.EvictsNow ? "evictNow" : decision.Pending is null ? "none" : "pending" };
        if (decision.Pending is { } later)
        {
            actual["startedSecondsAgo"] = (now - later.Since).TotalSeconds;
            actual["firesInSeconds"] = (later.At - later.Since).TotalSeconds;
        }

        if (decision.IsCancelled)
        {
            actual["events"] = new JsonArray("Cancelling deletion of Pod default/p");
        }

        return actual;
    }

    private static TimeZoneInfo? Zone(string name) => TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : null;

    private static string TimeText(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static int? Optional(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetInt32() : null;

    private static IntOrString? IntOrStringOf(JsonElement json, string name) => !json.TryGetProperty(name, out var value) ? null
        : value.ValueKind == JsonValueKind.String ? new(value.GetString()!)
        : new(value.GetInt32());
}
