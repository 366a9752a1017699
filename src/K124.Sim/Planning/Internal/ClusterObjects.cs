using System.Text.Json.Nodes;
using K124.Sim.Kinds;
using K124.Sim.Kinds.Admission.Quota;
using K124.Sim.Kinds.Schema;
using K124.Sim.Model;

namespace K124.Sim.Planning.Internal;

/// <summary>The objects of a cluster as admission plugins read them. Quotas know what is used, and count on.</summary>
internal sealed class ClusterObjects(Cluster cluster) : Kinds.IObjectReader
{
    private readonly Dictionary<(string Group, string Plural, string Namespace), List<JsonObject>> _lists = [];

    /// <summary>An object in its JSON form.</summary>
    public static JsonObject TreeOf(IApiObject item, ResourceType resource)
    {
        var tree = ObjectDecoder.Decode(resource.Schema!, JsonNode.Parse(KubernetesJson.SerializeToUtf8Bytes(item)), out _);
        tree["kind"] = item.Kind;
        tree["apiVersion"] = item.ApiVersion;
        return tree;
    }

    public JsonObject? Get(string group, string plural, string ns, string name) =>
        List(group, plural, ns).FirstOrDefault(item => item.Object("metadata").Text("name") == name);

    public IReadOnlyList<JsonObject> List(string group, string plural, string ns)
    {
        if (!_lists.TryGetValue((group, plural, ns), out var list))
        {
            list = Read(group, plural, ns);
            _lists.Add((group, plural, ns), list);
        }

        return list;
    }

    /// <summary>Notes that an object is to be made that a quota counts.</summary>
    public void Charge(QuotaCharge charge)
    {
        var quota = Get("", "resourcequotas", charge.Namespace, charge.Name)!;
        var used = quota.Ensure("status").Ensure("used");
        foreach (var (name, amount) in charge.Used)
        {
            used[name] = amount;
        }
    }

    private List<JsonObject> Read(string group, string plural, string ns)
    {
        if (!ResourceTypes.Instance.TryGet(group, ResourceTypes.StorageVersion(group, plural), plural, out var resource)
            || ApiKind.Find(resource.ApiVersion, resource.Kind) is not { } kind)
        {
            return [];
        }

        List<JsonObject> list = [.. cluster.ObjectsOf(kind).Where(item => ns.Length == 0 || item.Metadata.Namespace == ns).Select(item => TreeOf(item, resource))];
        if (plural == "resourcequotas")
        {
            list.ForEach(quota => FillUsage(quota, ns));
        }

        return list;
    }

    /// <summary>The quota controller keeps what is used in the status; a quota that comes without it is counted here.</summary>
    private void FillUsage(JsonObject quota, string ns)
    {
        var status = quota.Ensure("status");
        if (status.Object("hard") is not null)
        {
            return;
        }

        var hard = quota.Object("spec", "hard") ?? [];
        status["hard"] = hard.DeepClone();
        var used = status.Ensure("used");
        var sums = hard.ToDictionary(static pair => pair.Key, static _ => default(Quantity), StringComparer.Ordinal);
        foreach (var item in cluster.ObjectsIn(ns))
        {
            if (ResourceTypes.Instance.TryGetKind(item.ApiVersion, item.Kind, out var resource) && QuotaEvaluator.For(resource) is { } evaluator
                && sums.Keys.Any(evaluator.Knows) && TreeOf(item, resource) is var tree && QuotaScopes.Match(quota, evaluator, tree))
            {
                foreach (var (name, amount) in evaluator.Usage(tree))
                {
                    if (sums.TryGetValue(name, out var sum))
                    {
                        sums[name] = sum + amount;
                    }
                }
            }
        }

        foreach (var (name, sum) in sums)
        {
            used[name] = sum.ToString();
        }
    }
}
