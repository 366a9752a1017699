using K124.Sim.Model;
using K124.Sim.Pods.Probes;

namespace K124.Sim.ControlPlane;

/// <summary>Something that happens to a cluster from outside, as data: what users do, and what befalls nodes.</summary>
public abstract record UserAction
{
    private UserAction()
    {
    }

    /// <summary>Creates an object, or replaces the one of its name.</summary>
    /// <param name="Object">The object.</param>
    public sealed record Apply(IApiObject Object) : UserAction;

    /// <summary>Deletes an object.</summary>
    /// <param name="Kind">Its kind.</param>
    /// <param name="Key">Namespace and name.</param>
    public sealed record Delete(ApiKind Kind, ObjectKey Key) : UserAction;

    /// <summary>Sets the replicas of a workload.</summary>
    /// <param name="Kind">Its kind: Deployment, ReplicaSet, StatefulSet or ReplicationController; or Job, whose parallelism is set.</param>
    /// <param name="Key">Namespace and name.</param>
    /// <param name="Replicas">How many.</param>
    public sealed record Scale(ApiKind Kind, ObjectKey Key, int Replicas) : UserAction;

    /// <summary>Closes a node to new pods.</summary>
    /// <param name="Node">Name of the node.</param>
    public sealed record Cordon(string Node) : UserAction;

    /// <summary>Opens a node to new pods again.</summary>
    /// <param name="Node">Name of the node.</param>
    public sealed record Uncordon(string Node) : UserAction;

    /// <summary>The machine of a node falls silent.</summary>
    /// <param name="Node">Name of the node.</param>
    public sealed record LoseNode(string Node) : UserAction;

    /// <summary>The machine of a node works again.</summary>
    /// <param name="Node">Name of the node.</param>
    public sealed record RecoverNode(string Node) : UserAction;

    /// <summary>A probe of some pods is answered otherwise from now on.</summary>
    /// <param name="Namespace">Namespace of the pods.</param>
    /// <param name="Labels">Labels that they have; none for all pods of the namespace.</param>
    /// <param name="Probe">The probe.</param>
    /// <param name="IsFine">Whether its answers are fine.</param>
    public sealed record SetProbe(string Namespace, StringMap<string> Labels, ProbeKind Probe, bool IsFine) : UserAction;
}

/// <summary>An action at a time after the start of a run.</summary>
/// <param name="After">Time since the start.</param>
/// <param name="Action">The action.</param>
public sealed record TimedAction(TimeSpan After, UserAction Action);
