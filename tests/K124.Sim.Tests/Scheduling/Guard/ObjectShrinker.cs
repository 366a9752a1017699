using System.Text.Json;
using System.Text.Json.Nodes;
using K124.Sim.Model;

namespace K124.Sim.Tests.Scheduling.Guard;

/// <summary>Simpler forms of an API object: one member or element of its JSON left out.</summary>
internal static class ObjectShrinker
{
    private static readonly string[] Kept = ["$.apiVersion", "$.kind", "$.metadata", "$.metadata.name", "$.metadata.namespace", "$.metadata.uid", "$.spec"];

    public static IEnumerable<T> Shrink<T>(T item)
        where T : IApiObject
    {
        var json = KubernetesJson.Serialize(item);
        foreach (var path in Paths(JsonNode.Parse(json)!))
        {
            var smaller = JsonNode.Parse(json)!;
            Remove(path.Aggregate(smaller, static (node, step) => step is int index ? node[index]! : node[(string)step]!));
            if (TryRead(item, smaller.ToJsonString()) is { } read)
            {
                yield return read;
            }
        }
    }

    private static IEnumerable<object[]> Paths(JsonNode root)
    {
        var children = root switch
        {
            JsonObject members => members.Select(static member => (Step: (object)member.Key, Node: member.Value!)),
            JsonArray elements => elements.Select(static (element, i) => (Step: (object)i, Node: element!)),
            _ => [],
        };
        foreach (var (step, node) in children)
        {
            if (!Kept.Contains(node.GetPath()))
            {
                yield return [step];
            }

            foreach (var path in Paths(node))
            {
                yield return [step, .. path];
            }
        }
    }

    private static void Remove(JsonNode node)
    {
        if (node.Parent is JsonObject members)
        {
            members.Remove(node.GetPropertyName());
        }
        else
        {
            ((JsonArray)node.Parent!).RemoveAt(node.GetElementIndex());
        }
    }

    private static T? TryRead<T>(T original, string json)
        where T : IApiObject
    {
        try
        {
            return original switch
            {
                Pod => (T)(IApiObject)KubernetesJson.Deserialize<Pod>(json),
                Node => (T)(IApiObject)KubernetesJson.Deserialize<Node>(json),
                Namespace => (T)(IApiObject)KubernetesJson.Deserialize<Namespace>(json),
                Service => (T)(IApiObject)KubernetesJson.Deserialize<Service>(json),
                PodDisruptionBudget => (T)(IApiObject)KubernetesJson.Deserialize<PodDisruptionBudget>(json),
                ReplicaSet => (T)(IApiObject)KubernetesJson.Deserialize<ReplicaSet>(json),
                StatefulSet => (T)(IApiObject)KubernetesJson.Deserialize<StatefulSet>(json),
                ReplicationController => (T)(IApiObject)KubernetesJson.Deserialize<ReplicationController>(json),
                _ => default,
            };
        }
        catch (JsonException)
        {
            return default;
        }
    }
}
