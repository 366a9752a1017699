using System.Text.Json.Nodes;
using K124.Sim.Kinds;

namespace K124.Sim.ControlPlane.Serving;

/// <summary>Events of the core group and of events.k8s.io: the same objects under other names of members.</summary>
internal static class EventConversion
{
    private static readonly (string Old, string New)[] Names =
    [
        ("involvedObject", "regarding"),
        ("message", "note"),
        ("reportingComponent", "reportingController"),
        ("source", "deprecatedSource"),
        ("firstTimestamp", "deprecatedFirstTimestamp"),
        ("lastTimestamp", "deprecatedLastTimestamp"),
        ("count", "deprecatedCount"),
    ];

    public static void ToNew(JsonObject tree)
    {
        foreach (var (old, @new) in Names)
        {
            Rename(tree, old, @new);
        }

        // The new version leaves out what is empty.
        foreach (var member in (ReadOnlySpan<string>)["reportingController", "reportingInstance", "note", "reason", "type", "action"])
        {
            if (tree.Text(member).Length == 0)
            {
                tree.Remove(member);
            }
        }
    }

    public static void ToOld(JsonObject tree)
    {
        foreach (var (old, @new) in Names)
        {
            Rename(tree, @new, old);
        }
    }

    private static void Rename(JsonObject tree, string from, string to)
    {
        if (tree.Remove(from, out var value))
        {
            tree[to] = value;
        }
    }
}
