using K124.Sim.Model.Selectors;

namespace K124.Sim.Model;

public sealed partial record NodeSelector
{
    /// <summary>Whether a node is selected.</summary>
    /// <param name="node">The node.</param>
    /// <returns>True if one term matches; a term without requirements, or one that is not valid, never does.</returns>
    /// <remarks>Checks the selector on each call. Kubernetes 1.24 component-helpers/scheduling/corev1/nodeaffinity.</remarks>
    public bool Matches(Node node)
    {
        ArgumentNullException.ThrowIfNull(node);
        return CompiledNodeSelector.Compile(this).Matches(node.Metadata.Name, node.Metadata.Labels);
    }
}
