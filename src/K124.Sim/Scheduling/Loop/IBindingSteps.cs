using K124.Sim.Model;

namespace K124.Sim.Scheduling.Loop;

/// <summary>What stands between the choice of a node and the binding of the pod, and can fail.</summary>
/// <remarks>Each step returns null to go on, or the text of its error. Kubernetes 1.24 pkg/scheduler/framework (Reserve, Permit, PreBind, Bind).</remarks>
public interface IBindingSteps
{
    /// <summary>Sets aside what the pod needs; runs in the scheduling cycle.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="nodeName">Name of its node.</param>
    /// <returns>An error, for example <c>running Reserve plugin "VolumeBinding": ...</c>; null if there is none.</returns>
    string? Reserve(Pod pod, string nodeName) => null;

    /// <summary>Gives back what was set aside, after any step has failed.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="nodeName">Name of its node.</param>
    void Unreserve(Pod pod, string nodeName)
    {
    }

    /// <summary>Lets the pod pass or rejects it; runs in the scheduling cycle.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="nodeName">Name of its node.</param>
    /// <returns>Why it is rejected; null if it passes.</returns>
    string? Permit(Pod pod, string nodeName) => null;

    /// <summary>Does what must be done before binding; runs when binding ends.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="nodeName">Name of its node.</param>
    /// <returns>An error, for example <c>running PreBind plugin "VolumeBinding": ...</c>; null if there is none.</returns>
    string? PreBind(Pod pod, string nodeName) => null;

    /// <summary>Lets the API server refuse the binding for reasons of its own.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="nodeName">Name of its node.</param>
    /// <returns>The API server's error; null if it accepts.</returns>
    string? Bind(Pod pod, string nodeName) => null;
}

/// <summary>Nothing stands in the way.</summary>
internal sealed class NoBindingSteps : IBindingSteps
{
    public static readonly NoBindingSteps Instance = new();
}
