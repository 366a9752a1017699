using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using K124.Sim.Model;
using K124.Sim.Networking.LoadBalancers;

namespace K124.Sim.Conformance.Platform;

/// <summary>Which Services the service controller acts on, and one sync of it.</summary>
internal static class ServiceControllerCases
{
    public static CaseOutcome Verify(RecordedCase testCase) => CaseJson.Compare(testCase, testCase.Json.Text("kind") switch
    {
        "enqueue" => Enqueue(testCase.Json),
        "sync" => Sync(testCase.Json),
        var kind => throw new JsonException($"unknown kind {kind}"),
    });

    private static JsonObject Enqueue(JsonElement testCase)
    {
        var service = Read(testCase.GetProperty("service"));
        var change = testCase.Member("old") is { } old ? LoadBalancerChange.Between(Read(old), service) : default;
        var (wants, needsCleanup) = (LoadBalancerOwner.IsOfCloud(service), LoadBalancerOwner.NeedsCleanup(service));
        return new()
        {
            ["wants"] = wants,
            ["needsCleanup"] = needsCleanup,
            ["needsUpdate"] = change.NeedsUpdate,
            ["enqueued"] = needsCleanup || (testCase.Member("old") is null ? wants : change.NeedsUpdate),
            ["events"] = CaseJson.Array(change.Event is { } told ? [$"Normal {told.Reason} {told.Message}"] : []),
        };
    }

    private static JsonObject Sync(JsonElement testCase)
    {
        var service = Read(testCase.GetProperty("service"));
        var cloud = new RecordedCloud(testCase.Flag("balancerExists"), testCase.Text("cloudFailure"));
        var sync = LoadBalancerSync.Run(service, testCase.Int("nodes"), cloud);
        return new()
        {
            ["cloudCalls"] = CaseJson.Array(cloud.Calls),
            ["events"] = CaseJson.Array(sync.Events.Select(told => $"{told.Type} {told.Reason} {told.Message}")),
            ["finalizers"] = CaseJson.Array(sync.Finalizers),
            ["ingress"] = Ingress(sync.Ingress),
            ["stillCached"] = sync.IsKept,
            ["error"] = sync.Error,
            ["writes"] = CaseJson.Array(Writes(service, sync)),
        };
    }

    private static IEnumerable<string> Writes(Service service, LoadBalancerSync sync)
    {
        var own = service.Metadata.Finalizers;
        if (sync.WritesFinalizers)
        {
            yield return Patch(new() { ["metadata"] = FinalizerPatch(own, sync.Finalizers) });
        }

        if (sync.WritesIngress)
        {
            var patch = new JsonObject();
            if (FinalizerPatch(own, own) is { Count: > 0 } unchanged)
            {
                patch["metadata"] = unchanged;
            }

            patch["status"] = new JsonObject
            {
                ["loadBalancer"] = new JsonObject { ["ingress"] = sync.Ingress.Length == 0 ? null : Ingress(sync.Ingress) },
            };
            yield return Patch(patch);
        }
    }

    private static string Patch(JsonObject patch) => $"patch/status {patch.ToJsonString()}";

    /// <summary>The strategic merge patch from one list of finalizers to another. The order is written out when something changes in a list
    /// that stays, or when the list was not sorted: the real patch maker sorts one of the two lists it compares.</summary>
    private static JsonObject FinalizerPatch(ImmutableArray<string> old, ImmutableArray<string> current)
    {
        var patch = new JsonObject();
        if (old.Length > 0 && current.Length == 0)
        {
            patch["finalizers"] = null;
            return patch;
        }

        string[] removed = [.. old.Except(current)];
        string[] added = [.. current.Except(old)];
        if (removed.Length > 0)
        {
            patch["$deleteFromPrimitiveList/finalizers"] = CaseJson.Array(removed);
        }

        if (old.Length > 0 && (removed.Length > 0 || added.Length > 0 || !old.Order(StringComparer.Ordinal).SequenceEqual(old)))
        {
            patch["$setElementOrder/finalizers"] = CaseJson.Array(current);
        }

        if (added.Length > 0)
        {
            patch["finalizers"] = CaseJson.Array(added);
        }

        return patch;
    }

    private static JsonArray Ingress(ImmutableArray<LoadBalancerIngress> ingress) => CaseJson.Nodes(ingress.Select(address =>
    {
        var node = new JsonObject();
        if (address.IP.Length > 0)
        {
            node["ip"] = address.IP;
        }

        if (address.Hostname.Length > 0)
        {
            node["hostname"] = address.Hostname;
        }

        return (JsonNode)node;
    }));

    private static Service Read(JsonElement service) => KubernetesJson.Deserialize<Service>(service.GetRawText());

    private sealed class RecordedCloud(bool exists, string failure) : ICloudLoadBalancers
    {
        private const string GivenAddress = "9.9.9.9";

        public List<string> Calls { get; } = [];

        public CloudReply Find(Service service, out bool found)
        {
            found = exists;
            return Reply("get", isElsewhereKnown: false);
        }

        public CloudReply Ensure(Service service, int nodeCount, out ImmutableArray<LoadBalancerIngress> ingress)
        {
            ingress = [new() { IP = GivenAddress }];
            return Reply("ensure", isElsewhereKnown: true);
        }

        public CloudReply Delete(Service service) => Reply("delete", isElsewhereKnown: true);

        private CloudReply Reply(string call, bool isElsewhereKnown)
        {
            Calls.Add(call);
            return failure == call ? new("boom") : new(IsElsewhere: isElsewhereKnown && failure == "elsewhere");
        }
    }
}
