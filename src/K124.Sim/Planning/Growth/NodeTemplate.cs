using System.Globalization;
using K124.Sim.Model;

namespace K124.Sim.Planning.Growth;

/// <summary>A kind of node that can be had, and what one costs.</summary>
public sealed record NodeTemplate
{
    private const string HostnameLabel = "kubernetes.io/hostname";
    private const string StatusTaints = "node.kubernetes.io/";

    /// <summary>Makes a template.</summary>
    /// <param name="node">A node as one would be: labels, taints, allocatable. Its name is the prefix of the names of nodes.</param>
    /// <param name="price">What one costs, at least 0, in whatever unit; 1 counts nodes.</param>
    /// <exception cref="ArgumentOutOfRangeException">The price is below 0.</exception>
    public NodeTemplate(Node node, decimal price = 1)
    {
        ArgumentNullException.ThrowIfNull(node);
        ArgumentOutOfRangeException.ThrowIfLessThan(price, 0);
        (Node, Price, Name) = (node, price, node.Metadata.Name);
    }

    /// <summary>What tells templates apart; nodes are named after it, with a number.</summary>
    /// <value>The name of the node by default.</value>
    public string Name { get; init; }

    /// <summary>A node as one would be.</summary>
    public Node Node { get; init; }

    /// <summary>What a driver says of the node's volumes; null for nothing.</summary>
    public CSINode? Volumes { get; init; }

    /// <summary>What one costs.</summary>
    public decimal Price { get; init; }

    /// <summary>A template of nodes like one that is there: without what tells of its present state.</summary>
    /// <param name="node">The node.</param>
    /// <param name="price">What one costs.</param>
    /// <param name="volumes">What drivers say of its volumes.</param>
    /// <returns>The template.</returns>
    public static NodeTemplate Like(Node node, decimal price = 1, CSINode? volumes = null)
    {
        ArgumentNullException.ThrowIfNull(node);
        var plain = new Node
        {
            Metadata = new() { Name = node.Metadata.Name, Labels = node.Metadata.Labels },
            Spec = node.Spec with { Unschedulable = false, Taints = [.. node.Spec.Taints.Where(static taint => !taint.Key.StartsWith(StatusTaints, StringComparison.Ordinal))] },
            Status = new() { Allocatable = node.Status.Allocatable, Capacity = node.Status.Capacity },
        };
        return new(plain, price) { Volumes = volumes };
    }

    /// <summary>One of the nodes.</summary>
    /// <param name="name">Its name, which is also its hostname label.</param>
    internal Node Make(string name)
    {
        var allocatable = Node.Status.Allocatable.Count == 0 ? Node.Status.Capacity : Node.Status.Allocatable;
        return Node with
        {
            Metadata = new() { Name = name, Labels = Node.Metadata.Labels.With(HostnameLabel, name), Annotations = Node.Metadata.Annotations },
            Spec = Node.Spec with { Unschedulable = false },
            Status = Node.Status with { Allocatable = allocatable },
        };
    }

    /// <summary>The name of a node.</summary>
    internal string NameOf(int ordinal) => string.Create(CultureInfo.InvariantCulture, $"{Name}-{ordinal}");
}
