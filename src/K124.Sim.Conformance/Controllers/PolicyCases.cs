using System.Text.Json.Nodes;
using K124.Sim.Collecting;
using K124.Sim.Conformance.Controllers.Harness;
using K124.Sim.Model;
using K124.Sim.Policy;

namespace K124.Sim.Conformance.Controllers;

/// <summary>Recorded syncs of budgets, quotas and the collector of pods.</summary>
internal static class PolicyCases
{
    public static CaseOutcome Disruption(RecordedCase recorded) =>
        new SyncCase(recorded.Json).Verify(new DisruptionController(), new() { RequeueMember = "recheckAfterSeconds" });

    public static CaseOutcome ResourceQuota(RecordedCase recorded)
    {
        var testCase = new SyncCase(recorded.Json);
        var result = new ResourceQuotaController().Reconcile(testCase.Key, testCase.Cache, testCase.Client, testCase.Queue);
        return testCase.Compare(new() { Error = result.Error }, new());
    }

    public static CaseOutcome PodGC(RecordedCase recorded)
    {
        var testCase = new SyncCase(recorded.Json);
        var collector = new PodGarbageCollector(testCase.Input("terminatedPodThreshold")!.Value.GetInt32());
        foreach (var pod in testCase.Cache.List(ApiKind.Of<Pod>()))
        {
            collector.Observe(new(Api.ChangeType.Added, ApiKind.Of<Pod>(), pod, null, 0), testCase.Cache, new RecordedQueue(testCase.Now));
        }

        if (testCase.Input("quarantineOver") is { } over)
        {
            foreach (var node in over.EnumerateArray())
            {
                collector.Suspect(node.GetString()!, testCase.Now.AddMinutes(-1));
            }
        }

        var result = collector.Reconcile(testCase.Key, testCase.Cache, testCase.Client, testCase.Queue);
        var answer = new SyncAnswer { Error = result.Error };
        if (collector.Quarantine.Count > 0)
        {
            answer.Others["quarantined"] = new JsonArray([.. collector.Quarantine.Keys.Select(static node => JsonValue.Create(node))]);
        }

        return testCase.Compare(answer, new() { Order = WriteOrder.All });
    }
}
