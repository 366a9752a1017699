using K124.Sim.Model;

namespace K124.Sim.Tests.Scheduling.Guard;

/// <summary>A step in the life of a scheduler. Pods are stamped from the numbered templates of the case; a step that finds nothing to act on does nothing.</summary>
public abstract record SchedulerOperation
{
    /// <summary>A step that stamps a pod from a template.</summary>
    public abstract record Stamping(int Template) : SchedulerOperation;

    /// <summary>Decide over all nodes and tell everything.</summary>
    public sealed record Explain(int Template) : Stamping(Template);

    /// <summary>Decide.</summary>
    public sealed record Schedule(int Template) : Stamping(Template);

    /// <summary>Decide, and put the pod on the chosen node.</summary>
    public sealed record Place(int Template, string Pod) : Stamping(Template);

    /// <summary>Put a pod on a node, whether it fits or not.</summary>
    public sealed record Assume(int Template, string Pod, string Node) : Stamping(Template);

    /// <summary>Put a pod on a node and take it off again, many times.</summary>
    public sealed record Touch(int Template, string Node, int Times) : Stamping(Template);

    /// <summary>Take a pod off its node.</summary>
    public sealed record Forget(string Pod) : SchedulerOperation;

    /// <summary>Nominate a pod to a node.</summary>
    public sealed record Nominate(int Template, string Pod, string Node) : Stamping(Template);

    /// <summary>Drop the nomination of a pod.</summary>
    public sealed record ClearNomination(string Pod) : SchedulerOperation;

    /// <summary>Place a pod; if it fits nowhere, evict what preemption names, and nominate it.</summary>
    public sealed record Preempt(int Template, string Pod, bool IsGraceful) : Stamping(Template);

    /// <summary>An object has come or has changed.</summary>
    public sealed record Apply(IApiObject Object) : SchedulerOperation
    {
        public override string ToString() => $"Apply {KubernetesJson.Serialize(Object)}";
    }

    /// <summary>An object is gone.</summary>
    public sealed record Delete(string Kind, string Namespace, string Name) : SchedulerOperation;

    /// <summary>A pod is seen on a node: it has come there, or has changed.</summary>
    public sealed record Run(int Template, string Pod, string Node, bool IsTerminating, int? StartSeconds) : Stamping(Template);

    /// <summary>A pod on a node is seen to be terminating.</summary>
    public sealed record Terminate(string Pod) : SchedulerOperation;

    /// <summary>A pod on a node is seen to have ended.</summary>
    public sealed record Finish(string Pod, string Phase) : SchedulerOperation;

    /// <summary>A pod without a node is seen.</summary>
    public sealed record Pend(int Template, string Pod, string NominatedNode) : Stamping(Template);

    /// <summary>Remember the present state.</summary>
    public sealed record Checkpoint : SchedulerOperation;

    /// <summary>Go back to the last remembered state, which stays remembered or does not.</summary>
    public sealed record Rollback(bool StaysRemembered) : SchedulerOperation;

    /// <summary>Forget the last remembered state.</summary>
    public sealed record Commit : SchedulerOperation;

    /// <summary>Make an independent copy, to switch to.</summary>
    public sealed record Fork : SchedulerOperation;

    /// <summary>Go on with a copy, and leave the present one until switched back to.</summary>
    public sealed record Switch(int Branch) : SchedulerOperation;
}
