using System.Text.Json.Nodes;
using K124.Sim.Batch.CronJobs;
using K124.Sim.Conformance.Controllers.Harness;
using K124.Sim.Workloads;

namespace K124.Sim.Conformance.Controllers;

/// <summary>Recorded syncs of the workload controllers.</summary>
internal static class WorkloadCases
{
    public static CaseOutcome ReplicaSet(RecordedCase recorded)
    {
        var testCase = new SyncCase(recorded.Json);
        var controller = new ReplicaSetController(testCase.Gates);
        Expect(testCase, controller.Expectations);
        var result = controller.Reconcile(testCase.Key, testCase.Cache, testCase.Client, testCase.Queue);
        var answer = new SyncAnswer { Error = result.Error };
        AddExpectations(answer, recorded, controller.Expectations, testCase);
        return testCase.Compare(answer, new());
    }

    public static CaseOutcome ReplicationController(RecordedCase recorded)
    {
        var testCase = new SyncCase(recorded.Json);
        var controller = new ReplicationControllerManager(testCase.Gates);
        Expect(testCase, controller.Expectations);
        return testCase.Verify(controller, new() { HasEvents = false });
    }

    public static CaseOutcome Deployment(RecordedCase recorded) => new SyncCase(recorded.Json).Verify(new DeploymentController(), new());

    public static CaseOutcome StatefulSet(RecordedCase recorded)
    {
        var testCase = new SyncCase(recorded.Json);
        return testCase.Verify(new StatefulSetController(testCase.Gates), new());
    }

    public static CaseOutcome DaemonSet(RecordedCase recorded)
    {
        var testCase = new SyncCase(recorded.Json);
        var controller = new DaemonSetController();
        Expect(testCase, controller.Expectations);
        if (testCase.Input("failedPodBackoff") is { } backoff)
        {
            for (var i = 0; i < backoff.GetProperty("failures").GetInt32(); i++)
            {
                controller.Backoff.Next(backoff.GetProperty("key").GetString()!, testCase.Now);
            }
        }

        var result = controller.Reconcile(testCase.Key, testCase.Cache, testCase.Client, testCase.Queue);
        var answer = new SyncAnswer { Error = result.Error };
        AddExpectations(answer, recorded, controller.Expectations, testCase);
        return testCase.Compare(answer, new());
    }

    public static CaseOutcome CronJob(RecordedCase recorded)
    {
        var testCase = new SyncCase(recorded.Json);
        return testCase.Verify(new CronJobController(testCase.Gates, Zone, TimeZoneInfo.Utc), new());
    }

    private static TimeZoneInfo? Zone(string name) => TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : null;

    private static void Expect(SyncCase testCase, Expectations expectations)
    {
        if (testCase.Member("outstandingExpectations") is not { } outstanding)
        {
            return;
        }

        if (outstanding.TryGetProperty("deletions", out var deletions) && deletions.ValueKind == System.Text.Json.JsonValueKind.Array)
        {
            expectations.ExpectDeletions(testCase.Key, deletions.EnumerateArray().Select(static key => key.GetString()!), testCase.Now);
            return;
        }

        var count = deletions.ValueKind == System.Text.Json.JsonValueKind.Number ? deletions.GetInt32() : 0;
        expectations.Expect(testCase.Key, outstanding.TryGetProperty("creations", out var creations) ? creations.GetInt32() : 0, count, testCase.Now);
    }

    // A record that awaits nothing is as good as none, and not in every recording.
    private static void AddExpectations(SyncAnswer answer, RecordedCase recorded, Expectations expectations, SyncCase testCase)
    {
        if (expectations.Find(testCase.Key) is not { } found)
        {
            return;
        }

        var isRecorded = recorded.Expect.TryGetProperty("expectationsAfter", out _)
            || (recorded.Expect.TryGetProperty("anyOf", out var alternatives) && alternatives[0].TryGetProperty("expectationsAfter", out _));
        if (!isRecorded && found is { Creations: 0, Deletions: 0 })
        {
            return;
        }

        var json = new JsonObject { ["creations"] = found.Creations, ["deletions"] = found.Deletions };
        if (found.DeletedPods.Count > 0)
        {
            json["deletionKeys"] = new JsonArray([.. found.DeletedPods.Order(StringComparer.Ordinal).Select(static key => JsonValue.Create(key))]);
        }

        answer.Others["expectationsAfter"] = json;
    }
}
