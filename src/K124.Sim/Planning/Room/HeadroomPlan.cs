using System.Collections.Immutable;
using K124.Sim.Model;

namespace K124.Sim.Planning.Room;

/// <summary>How many further units of each shape of pod fit, each shape for itself.</summary>
public sealed record HeadroomPlan
{
    /// <summary>The answers, in the order of the shapes.</summary>
    public required ImmutableArray<ShapeHeadroom> Shapes { get; init; }

    /// <summary>What the plan leaves out of account, one sentence each.</summary>
    public ImmutableArray<string> Notices { get; init; } = [];
}

/// <summary>How many further units of one shape fit.</summary>
/// <param name="Pod">The pod.</param>
/// <param name="Units">How many.</param>
/// <param name="Classes">The same by class of nodes, most units first.</param>
public sealed record ShapeHeadroom(Pod Pod, long Units, ImmutableArray<ClassHeadroom> Classes);

/// <summary>How many further units of one shape fit on the nodes of a class.</summary>
/// <param name="Class">The class.</param>
/// <param name="Units">How many.</param>
/// <param name="NodesWithRoom">Nodes that take one at least.</param>
/// <param name="BindingResource">The resource that stops the next unit on most of the nodes once they are full of these; empty if none does.</param>
/// <param name="ShortBy">How much of it is missing for one more unit on the node that comes closest, cpu in thousandths of a core, others in whole units.</param>
/// <param name="Objection">What keeps the pod from nodes without room, in the words of 1.24, for one of them; empty if all have room.</param>
public sealed record ClassHeadroom(NodeClass Class, long Units, int NodesWithRoom, string BindingResource, long ShortBy, string Objection);
