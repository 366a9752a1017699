using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using K124.Sim.Batch.Jobs;
using K124.Sim.Batch.Jobs.Syncing;
using K124.Sim.Conformance.Comparing;
using K124.Sim.Model;

namespace K124.Sim.Conformance.Jobs;

internal static partial class JobCases
{
    private const int MostListedIndexes = 40;

    // Per-pod events carry generated names, and the recordings leave them out.
    private static readonly string[] PodEventReasons = ["SuccessfulCreate", "FailedCreate", "SuccessfulDelete", "FailedDelete"];

    public static IEnumerable<string> SyncDifferences(JsonElement testCase, KubernetesRelease release)
    {
        var request = ReadRequest(testCase);
        var expected = JsonNode.Parse(testCase.GetProperty("expect").GetRawText())!.AsObject();
        var answers = testCase.TryGetProperty("faults", out var faults) ? RecordedFaults.Read(faults) : JobApiAnswers.Fine;
        var result = new JobController(new() { FeatureGates = ReadGates(testCase), Release = release }).Sync(request, answers);
        var actual = ResultNode(request, result);
        foreach (var status in expected["statusUpdates"]?.AsArray() ?? [])
        {
            StatusNode(status);
        }

        if (expected["errorAnyOf"] is JsonArray anyOf)
        {
            // The list holds the errors of calls about pods that run side by side. Any of them may surface where one of them did; where the
            // recorded error is another, it came later in the sync and took their place, whichever of them was first.
            expected.Remove("errorAnyOf");
            var texts = anyOf.Select(static text => text!.GetValue<string>()).ToArray();
            if (texts.Contains(expected["error"]?.GetValue<string>()) && texts.Contains(result.Error))
            {
                expected["error"] = result.Error;
            }
        }

        if (expected["deletedTie"] is JsonObject tie)
        {
            expected.Remove("deletedTie");
            RemoveTie(tie, expected, actual);
        }

        return JsonDifference.Between("expect", expected, actual);
    }

    /// <summary>Checks that the right number of equal pods was chosen, and takes them out of both lists.</summary>
    private static void RemoveTie(JsonObject tie, JsonObject expected, JsonObject actual)
    {
        var from = tie["from"]!.AsArray().Select(name => name!.GetValue<string>()).ToHashSet(StringComparer.Ordinal);
        var chosen = actual["deletedPods"]?.AsArray().Count(name => from.Contains(name!.GetValue<string>())) ?? 0;
        expected["tieCount"] = tie["count"]!.DeepClone();
        actual["tieCount"] = chosen;
        foreach (var side in new[] { expected, actual })
        {
            foreach (var list in new[] { "deletedPods", "finalizerRemovedPods" })
            {
                if (side[list] is JsonArray names)
                {
                    side[list] = Sorted(names.Select(name => name!.GetValue<string>()).Where(name => !from.Contains(name)));
                }
            }
        }
    }

    private static JobSyncRequest ReadRequest(JsonElement testCase)
    {
        var request = new JobSyncRequest
        {
            Job = ReadJob(testCase.GetProperty("job")),
            Now = testCase.GetProperty("now").GetDateTimeOffset(),
            Pods = [.. testCase.GetProperty("pods").EnumerateArray().Select(pod => KubernetesJson.Deserialize<Pod>(pod.GetRawText()))],
        };
        foreach (var member in testCase.EnumerateObject())
        {
            request = member.Name switch
            {
                "id" or "baseId" or "kubernetes" or "covers" or "gates" or "job" or "now" or "pods" or "faults" or "expect" => request,
                "priorRequeues" => request with { PriorRequeues = member.Value.GetInt32() },
                "pendingFinalizerRemovals" => request with { ExpectedFinalizerRemovals = [.. Strings(member.Value)] },
                "outstandingExpectations" => request with
                {
                    ExpectedCreations = member.Value.TryGetProperty("creations", out var creations) ? creations.GetInt32() : 0,
                    ExpectedDeletions = member.Value.TryGetProperty("deletions", out var deletions) ? deletions.GetInt32() : 0,
                },
                _ => throw new JsonException($"unknown member {member.Name}"),
            };
        }

        return request;
    }

    private static JsonObject ResultNode(JobSyncRequest request, JobSyncResult result)
    {
        var node = new JsonObject { ["forget"] = result.Forget };
        AddCreations(node, result);
        AddCalls(node, request, result);
        AddIf(node, "error", result.Error);
        AddIf(node, "queueForget", result.QueueForget ? true : null);
        AddIf(node, "rateLimitedRequeueSeconds", result.RateLimitedRequeue?.TotalSeconds);
        AddList(node, "addAfterSeconds", [.. result.RequeuesAfter.Select(delay => (JsonNode)Seconds(delay))]);
        AddList(node, "jobPatches", result.TrackingAnnotationRemoved ? [$$$$"""{"metadata":{"annotations":{"{{{{JobNames.TrackingAnnotation}}}}":null}}}"""] : []);
        AddList(node, "statusUpdates", [.. result.StatusWrites.Select(status => StatusNode(ToNode(status)))]);
        AddList(node, "events", [.. result.Events.Where(jobEvent => !PodEventReasons.Contains(jobEvent.Reason)).Select(EventNode)]);
        AddIf(node, "expectedCreationsAfter", result.ExpectedCreations == 0 ? null : result.ExpectedCreations);
        AddIf(node, "expectedDeletionsAfter", result.ExpectedDeletions == 0 ? null : result.ExpectedDeletions);
        AddList(node, "expectedFinalizerRemovalsAfter", Sorted(result.ExpectedFinalizerRemovals));
        if (result.Metrics.Count > 0)
        {
            node["metrics"] = MetricsNode(result.Metrics);
        }

        return node;
    }

    private static void AddCreations(JsonObject node, JobSyncResult result)
    {
        var created = result.Creations.Where(creation => creation.Error is null).ToArray();
        var counted = created.Length;
        AddIf(node, "createdCount", counted == 0 ? null : counted);
        AddIf(node, "createAttempts", counted == result.Creations.Length ? null : result.Creations.Length);
        var indexes = created.Where(creation => creation.CompletionIndex is not null).Select(creation => creation.CompletionIndex!.Value).ToArray();
        if (indexes.Length > MostListedIndexes)
        {
            node["createdIndexRanges"] = CompletedIndexes.None.With(indexes).ToString();
        }
        else
        {
            AddList(node, "createdIndexes", Numbers(indexes));
        }

        if (created.MinBy(creation => creation.CompletionIndex ?? 0) is { } first)
        {
            var pod = ToNode(first.Pod)!.AsObject();
            pod.Remove("apiVersion");
            pod.Remove("kind");
            node["createdSample"] = pod;
        }
    }

    private static void AddCalls(JsonObject node, JobSyncRequest request, JobSyncResult result)
    {
        AddList(node, "deletedPods", Sorted(Calls(result, JobPodCallKind.Delete).Select(call => call.Pod.Metadata.Name)));
        AddPatched("finalizerRemovedPods", JobPodCallKind.RemoveFinalizer);
        AddPatched("adoptedPods", JobPodCallKind.Adopt);
        AddPatched("releasedPods", JobPodCallKind.Release);
        var patchCount = result.PodCalls.Count(call => call.Kind != JobPodCallKind.Delete);
        AddIf(node, "patchAttempts", patchCount == 0 ? null : patchCount);

        void AddPatched(string name, JobPodCallKind kind) => AddList(
            node, name, Sorted(Calls(result, kind).Where(call => call.Error is null).Select(call => call.Pod.Metadata.Name).Distinct(StringComparer.Ordinal)));
    }

    private static IEnumerable<JobPodCall> Calls(JobSyncResult result, JobPodCallKind kind) => result.PodCalls.Where(call => call.Kind == kind);

    private static void AddIf(JsonObject node, string name, JsonNode? value)
    {
        if (value is not null)
        {
            node[name] = value;
        }
    }

    private static void AddList(JsonObject node, string name, JsonArray list)
    {
        if (list.Count > 0)
        {
            node[name] = list;
        }
    }
}
