using K124.Sim.Model;

namespace K124.Sim.Scheduling.Queue;

/// <summary>Is told of each change of a <see cref="Nominator"/>, to keep a picture of its own in step.</summary>
public interface INominationObserver
{
    /// <summary>A pod was nominated; it had no nomination.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="nodeName">Name of the node; not empty.</param>
    void Nominated(Pod pod, string nodeName);

    /// <summary>The nomination of a pod is gone.</summary>
    /// <param name="pod">The pod as it was nominated.</param>
    void NominationCleared(Pod pod);
}
