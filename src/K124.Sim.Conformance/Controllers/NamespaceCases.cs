using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using K124.Sim.Api;
using K124.Sim.Collecting;
using K124.Sim.Conformance.Controllers.Harness;

namespace K124.Sim.Conformance.Controllers;

/// <summary>Recorded syncs of the namespace controller.</summary>
internal static class NamespaceCases
{
    public static CaseOutcome Verify(RecordedCase recorded)
    {
        var testCase = new SyncCase(recorded.Json);
        var content = new ServedContent(testCase.Server, testCase.Input("discoveryError"));
        var result = NamespaceController.Delete(testCase.Key, testCase.Client, content);
        var answer = new SyncAnswer { Error = result.Error, RequeueAfter = result.RequeueAfter };
        string[] remaining =
        [
            .. testCase.Server.All
                .Select(static item => $"{item.Kind.Resource}/{RecordedServer.Text(item.Tree, "namespace")}/{RecordedServer.Text(item.Tree, "name")}")
                .Order(StringComparer.Ordinal),
        ];
        answer.Others["remaining"] = remaining.Length == 0 ? null : new JsonArray([.. remaining.Select(static name => JsonValue.Create(name))]);
        return testCase.Compare(answer, new() { Order = WriteOrder.BetweenNamespaces });
    }

    private sealed class ServedContent(RecordedServer server, JsonElement? discoveryError) : INamespaceContent
    {
        private static readonly DeleteOptions Background = new() { PropagationPolicy = "Background" };

        private static readonly ImmutableArray<RecordedKind> Kinds =
        [
            new("v1", "ConfigMap"), new("v1", "Event"), new("v1", "PersistentVolumeClaim"), new("v1", "Pod"),
            new("v1", "ReplicationController"), new("v1", "Secret"), new("v1", "Service"), new("v1", "ServiceAccount"),
            new("apps/v1", "ControllerRevision"), new("apps/v1", "DaemonSet"), new("apps/v1", "Deployment"),
            new("apps/v1", "ReplicaSet"), new("apps/v1", "StatefulSet"), new("batch/v1", "CronJob"), new("batch/v1", "Job"),
            new("example.com/v1", "Widget"),
        ];

        public ImmutableArray<NamespacedResource> Resources { get; } = [.. Kinds.Select(static kind => new NamespacedResource(
            ApiResources.GroupOf(kind.ApiVersion), kind.ApiVersion[(kind.ApiVersion.IndexOf('/') + 1)..], kind.Resource, kind.Kind != "Service"))];

        public (int Groups, string Error)? DiscoveryFailure => discoveryError is not { } groups ? null : (
            groups.EnumerateObject().Count(),
            "unable to retrieve the complete list of server APIs: "
                + string.Join(", ", groups.EnumerateObject().Select(static group => $"{group.Name}: {group.Value.GetString()}")));

        public ApiStatus? DeleteAll(NamespacedResource resource, string space) => server.DeleteCollection(KindOf(resource), space, Background);

        public ApiStatus? Delete(NamespacedResource resource, string space, string name) =>
            server.Delete(KindOf(resource), space, name, Background).Refusal;

        public ImmutableArray<NamespacedItem> List(NamespacedResource resource, string space) => [.. server.List(KindOf(resource), space).Select(tree =>
            new NamespacedItem(
                RecordedServer.Text(tree, "name"),
                [.. (tree["metadata"]!["finalizers"] as JsonArray ?? []).Select(static name => name!.GetValue<string>())],
                tree["status"]?["phase"]?.GetValue<string>() is "Succeeded" or "Failed" || tree["spec"]?["terminationGracePeriodSeconds"] is not { } grace
                    ? null
                    : long.Parse(grace.ToJsonString(), System.Globalization.CultureInfo.InvariantCulture)))];

        private static RecordedKind KindOf(NamespacedResource resource) => Kinds.First(kind => kind.Resource == resource.Name);
    }
}
