using System.Collections.Immutable;
using System.Text.Json.Nodes;
using K124.Sim.Api;
using K124.Sim.Model;

namespace K124.Sim.Nodes;

/// <summary>Taints by the state of a node, and how they are put on and taken off.</summary>
internal static class NodeTaints
{
    public const string NotReady = "node.kubernetes.io/not-ready";
    public const string Unreachable = "node.kubernetes.io/unreachable";
    public const string NoExecute = "NoExecute";

    private const string NoSchedule = "NoSchedule";
    private const string Unschedulable = "node.kubernetes.io/unschedulable";
    private const int Tries = 5;

    public static Taint NotReadyNoExecute { get; } = new() { Key = NotReady, Effect = NoExecute };

    public static Taint UnreachableNoExecute { get; } = new() { Key = Unreachable, Effect = NoExecute };

    public static bool Has(Node node, Taint taint) => node.Spec.Taints.Any(own => IsSame(own, taint));

    /// <summary>The taints against scheduling that a node lacks, and those that it has and should not.</summary>
    public static TaintDifference NoScheduleDifference(Node node)
    {
        List<Taint> wanted = [.. node.Status.Conditions.Select(KeyOf).OfType<string>().Select(static key => new Taint { Key = key, Effect = NoSchedule })];
        if (node.Spec.Unschedulable)
        {
            wanted.Add(new() { Key = Unschedulable, Effect = NoSchedule });
        }

        var own = node.Spec.Taints.Where(static taint => taint.Effect == NoSchedule && IsOfCondition(taint.Key)).ToArray();
        return new(
            [.. wanted.Where(taint => !own.Any(other => IsSame(other, taint)))],
            [.. own.Where(taint => !wanted.Any(other => IsSame(other, taint)))]);
    }

    /// <summary>Puts taints on a node, dated now, and takes others off.</summary>
    /// <param name="node">The node as it was last seen.</param>
    /// <param name="toAdd">Taints to put on.</param>
    /// <param name="toRemove">Taints to take off.</param>
    /// <param name="api">Connection to the API server.</param>
    /// <returns>Whether both succeeded.</returns>
    public static bool Swap(Node node, IEnumerable<Taint> toAdd, ImmutableArray<Taint> toRemove, IApiClient api)
    {
        Taint[] dated = [.. toAdd.Select(taint => taint with { TimeAdded = api.Now.WholeSeconds() })];
        return Write(node, taints => dated.Aggregate(taints, AddOrReplace), api) && Remove(node, toRemove, api);
    }

    /// <summary>Takes taints off a node.</summary>
    /// <returns>Whether that succeeded.</returns>
    public static bool Remove(Node node, ImmutableArray<Taint> toRemove, IApiClient api) =>
        !toRemove.Any(taint => Has(node, taint))
        || Write(node, taints => [.. taints.Where(own => !toRemove.Any(taint => IsSame(own, taint)))], api);

    private static ImmutableArray<Taint> AddOrReplace(ImmutableArray<Taint> taints, Taint taint)
    {
        var own = taints.FirstOrDefault(other => IsSame(other, taint));
        return own is null ? taints.Add(taint) : taints.Replace(own, taint);
    }

    private static bool Write(Node node, Func<ImmutableArray<Taint>, ImmutableArray<Taint>> change, IApiClient api)
    {
        var key = ObjectKey.Of(node);
        for (var i = 0; i < Tries; i++)
        {
            if (api.Get<Node>(key) is not { } live)
            {
                return false;
            }

            var taints = change(live.Spec.Taints);
            if (taints.AsSpan().SequenceEqual(live.Spec.Taints.AsSpan()))
            {
                return true;
            }

            var result = api.Patch<Node>(key, PatchType.StrategicMerge, Patch(taints));
            if (!result.Status.IsConflict())
            {
                return result.Succeeded;
            }
        }

        return false;
    }

    private static string Patch(ImmutableArray<Taint> taints) => new JsonObject
    {
        ["spec"] = new JsonObject { ["taints"] = taints.IsEmpty ? null : new JsonArray([.. taints.Select(Json)]) },
    }.ToJsonString();

    private static JsonObject Json(Taint taint)
    {
        var json = new JsonObject { ["key"] = taint.Key, ["effect"] = taint.Effect };
        if (taint.Value.Length > 0)
        {
            json["value"] = taint.Value;
        }

        if (taint.TimeAdded is { } time)
        {
            json["timeAdded"] = Model.Json.TimeConverter.Format(time);
        }

        return json;
    }

    private static string? KeyOf(Condition condition) => (condition.Type, condition.Status) switch
    {
        ("Ready", "False") => NotReady,
        ("Ready", "Unknown") => Unreachable,
        ("MemoryPressure", "True") => "node.kubernetes.io/memory-pressure",
        ("DiskPressure", "True") => "node.kubernetes.io/disk-pressure",
        ("NetworkUnavailable", "True") => "node.kubernetes.io/network-unavailable",
        ("PIDPressure", "True") => "node.kubernetes.io/pid-pressure",
        _ => null,
    };

    private static bool IsOfCondition(string key) => key is NotReady or Unreachable or Unschedulable
        or "node.kubernetes.io/memory-pressure" or "node.kubernetes.io/disk-pressure"
        or "node.kubernetes.io/network-unavailable" or "node.kubernetes.io/pid-pressure";

    private static bool IsSame(Taint a, Taint b) => a.Key == b.Key && a.Effect == b.Effect;
}

/// <summary>What a node's taints have to become.</summary>
/// <param name="ToAdd">Taints that it lacks.</param>
/// <param name="ToRemove">Taints that it has and should not have.</param>
internal readonly record struct TaintDifference(ImmutableArray<Taint> ToAdd, ImmutableArray<Taint> ToRemove)
{
    public bool IsEmpty => ToAdd.IsEmpty && ToRemove.IsEmpty;
}
