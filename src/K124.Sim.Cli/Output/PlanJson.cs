using System.Collections.Immutable;
using K124.Sim.Manifests;
using K124.Sim.Planning;
using K124.Sim.Scheduling;

namespace K124.Sim.Cli.Output;

internal sealed record ReasonJson(string Reason, int Nodes);

internal sealed record IgnoredJson(string ApiVersion, string Kind, long Objects)
{
    public static ImmutableArray<IgnoredJson> Of(IEnumerable<UnknownKind> kinds) =>
        [.. kinds.Select(static kind => new IgnoredJson(kind.ApiVersion, kind.Kind, kind.Count))];
}

/// <summary>An amount before and after a plan; the unit is in the name of the member that holds it.</summary>
internal sealed record AmountJson(long Allocatable, long RequestedBefore, long RequestedAfter)
{
    public static AmountJson Of(ResourceUtilization resource) => new(resource.Allocatable, resource.Before, resource.After);
}

/// <summary>A node's resources; extended resources and huge pages by name, in pieces and bytes.</summary>
internal sealed record NodeUtilizationJson(
    string Node,
    AmountJson? CpuMilli,
    AmountJson? MemoryBytes,
    AmountJson? EphemeralStorageBytes,
    AmountJson? Pods,
    SortedDictionary<string, AmountJson>? Others)
{
    public static NodeUtilizationJson Of(NodeUtilization node)
    {
        var named = new SortedDictionary<string, AmountJson>(StringComparer.Ordinal);
        foreach (var resource in node.Resources)
        {
            named.Add(resource.Resource, AmountJson.Of(resource));
        }

        return new(node.NodeName, Take("cpu"), Take("memory"), Take("ephemeral-storage"), Take("pods"), named.Count == 0 ? null : named);

        AmountJson? Take(string resource) => named.Remove(resource, out var amount) ? amount : null;
    }
}

/// <summary>An attempt that found no node.</summary>
internal sealed record FailureJson(string Outcome, string Message, ImmutableArray<ReasonJson> Reasons)
{
    public static FailureJson? Of(SchedulingResult? result) => result is null or { IsScheduled: true }
        ? null
        : new(result.Outcome.ToString(), result.Message, [.. result.Reasons.Select(static reason => new ReasonJson(reason.Reason, reason.Nodes))]);
}
