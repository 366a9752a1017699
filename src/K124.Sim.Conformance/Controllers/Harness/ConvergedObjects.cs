using System.Text.Json.Nodes;
using K124.Sim.ControlPlane.Serving;

namespace K124.Sim.Conformance.Controllers.Harness;

/// <summary>What the recordings say of the objects of a namespace: without identities, times and random parts of names.</summary>
internal static class ConvergedObjects
{
    private static readonly (string Resource, string Group)[] Resources =
    [
        ("configmaps", "api/v1"),
        ("serviceaccounts", "api/v1"),
        ("pods", "api/v1"),
        ("persistentvolumeclaims", "api/v1"),
        ("endpoints", "api/v1"),
        ("replicationcontrollers", "api/v1"),
        ("replicasets", "apis/apps/v1"),
        ("deployments", "apis/apps/v1"),
        ("statefulsets", "apis/apps/v1"),
        ("daemonsets", "apis/apps/v1"),
        ("controllerrevisions", "apis/apps/v1"),
        ("jobs", "apis/batch/v1"),
        ("cronjobs", "apis/batch/v1"),
        ("poddisruptionbudgets", "apis/policy/v1"),
        ("endpointslices", "apis/discovery.k8s.io/v1"),
        ("services", "api/v1"),
    ];

    public static string PathOf(string resource, string space) =>
        $"/{Resources.First(entry => entry.Resource == resource).Group}/namespaces/{space}/{resource}";

    public static JsonObject Of(ApiServerCore server, string space)
    {
        var all = new JsonObject();
        foreach (var (resource, _) in Resources.Where(static entry => entry.Resource != "services"))
        {
            var body = server.Handle(new() { Method = "GET", Path = PathOf(resource, space) }).Body;
            var items = JsonNode.Parse(body.Span)!["items"]!.AsArray();
            if (items.Count > 0)
            {
                all[resource] = new JsonArray([.. items.Select(item => Item(resource, item!.AsObject()))]);
            }
        }

        return all;
    }

    private static JsonNode? Item(string resource, JsonObject item) => resource switch
    {
        "configmaps" or "serviceaccounts" => item["metadata"]!["name"]!.DeepClone(),
        "pods" => PodOf(item),
        "persistentvolumeclaims" => new JsonObject { ["metadata"] = Metadata(item, isGenerated: false) },
        "controllerrevisions" => new JsonObject { ["metadata"] = Metadata(item, isGenerated: false), ["revision"] = item["revision"]!.DeepClone() },
        "replicasets" => new JsonObject
        {
            ["metadata"] = Metadata(item, isGenerated: false),
            ["replicas"] = item["spec"]!["replicas"]!.DeepClone(),
            ["selector"] = item["spec"]!["selector"]!.DeepClone(),
            ["status"] = Without(Status(item), "observedGeneration"),
        },
        "endpoints" => new JsonObject { ["metadata"] = Metadata(item, isGenerated: false), ["subsets"] = Subsets(item) },
        "endpointslices" => SliceOf(item),
        _ => new JsonObject
        {
            ["generation"] = item["metadata"]!["generation"]?.DeepClone(),
            ["metadata"] = WithGeneration(Metadata(item, isGenerated: false), item),
            ["status"] = Status(item),
        },
    };

    private static JsonObject PodOf(JsonObject item)
    {
        var spec = item["spec"]!;
        var pod = new JsonObject
        {
            ["metadata"] = Metadata(item, isGenerated: true),
            ["phase"] = item["status"]!["phase"]!.DeepClone(),
            ["tolerationKeys"] = new JsonArray([.. (spec["tolerations"] as JsonArray ?? []).Select(static toleration => toleration!["key"]?.DeepClone())]),
        };
        if (spec["hostname"] is { } hostname)
        {
            pod["hostname"] = hostname.DeepClone();
        }

        return pod;
    }

    private static JsonObject SliceOf(JsonObject item)
    {
        var metadata = Metadata(item, isGenerated: true);
        metadata["generateName"] = item["metadata"]!["generateName"]?.DeepClone();
        return new()
        {
            ["addressType"] = item["addressType"]!.DeepClone(),
            ["endpoints"] = new JsonArray([.. (item["endpoints"] as JsonArray ?? []).Select(static endpoint => (JsonNode)Conditions(endpoint!["conditions"]!))]),
            ["metadata"] = metadata,
            ["ports"] = item["ports"]?.DeepClone(),
        };
    }

    private static string Conditions(JsonNode conditions) =>
        $$"""{"ready": {{Word(conditions["ready"])}}, "serving": {{Word(conditions["serving"])}}, "terminating": {{Word(conditions["terminating"])}}}""";

    private static string Word(JsonNode? value) => value?.ToJsonString() ?? "null";

    private static JsonArray Subsets(JsonObject item) => new([.. (item["subsets"] as JsonArray ?? []).Select(static subset => new JsonObject
    {
        ["ready"] = (subset!["addresses"] as JsonArray)?.Count ?? 0,
        ["notReady"] = (subset["notReadyAddresses"] as JsonArray)?.Count ?? 0,
        ["ports"] = subset["ports"]?.DeepClone(),
    })]);

    private static JsonObject Metadata(JsonObject item, bool isGenerated)
    {
        var metadata = item["metadata"]!;
        var name = metadata["name"]!.GetValue<string>();
        var shown = new JsonObject { ["name"] = isGenerated ? name[..(name.LastIndexOf('-') + 1)] + "*" : name };
        foreach (var member in (string[])["labels", "annotations", "finalizers"])
        {
            if (metadata[member] is { } value)
            {
                shown[member] = value.DeepClone();
            }
        }

        // What the controllers note of time, or of the address that they drew, is no part of the recordings.
        (shown["annotations"] as JsonObject)?.Remove("endpoints.kubernetes.io/last-change-trigger-time");
        if (shown["annotations"] is JsonObject { Count: 0 })
        {
            shown.Remove("annotations");
        }

        if (metadata["ownerReferences"] is JsonArray owners)
        {
            shown["ownerReferences"] = new JsonArray([.. owners.Select(static owner => Without(owner!.DeepClone().AsObject(), "uid"))]);
        }

        return shown;
    }

    private static JsonObject WithGeneration(JsonObject metadata, JsonObject item)
    {
        metadata["generation"] = item["metadata"]!["generation"]?.DeepClone();
        return metadata;
    }

    private static JsonObject Status(JsonObject item)
    {
        var status = item["status"]?.DeepClone().AsObject() ?? [];
        foreach (var condition in status["conditions"] as JsonArray ?? [])
        {
            condition!.AsObject().Remove("lastTransitionTime");
            condition.AsObject().Remove("lastUpdateTime");
            condition.AsObject().Remove("lastProbeTime");
        }

        return status;
    }

    private static JsonObject Without(JsonObject tree, string member)
    {
        tree.Remove(member);
        return tree;
    }
}
