using K124.Sim.Model;

namespace K124.Sim.Pods;

/// <summary>What the kubelets' stand-in does with pods.</summary>
public sealed record KubeletOptions
{
    /// <summary>The plan of a pod, asked for once when it is bound. Times count from the binding; <see cref="PodPlan.ScheduleAfter"/> is not read.</summary>
    /// <value>A pod starts and is ready at once and stops at once; pods of Jobs succeed after a second, others run until they are deleted.</value>
    public Func<Pod, PodPlan> Plan { get; init => field = value ?? DefaultPlan; } = DefaultPlan;

    /// <summary>What the probes of a pod are answered, asked for once when it is bound; a null answer leaves its probes alone, so that it is ready by its plan.</summary>
    /// <value>No probes are run by default. With probes, a pod is ready when they say so, whatever <see cref="PodPlan.ReadyAfter"/> says.</value>
    public Func<Pod, ProbePlan?> Probes { get; init => field = value ?? None; } = None;

    private static readonly PodPlan Forever = new();
    private static readonly PodPlan OneSecond = new() { FinishAfter = TimeSpan.FromSeconds(1), Outcome = "Succeeded" };

    private static ProbePlan? None(Pod pod) => null;

    private static PodPlan DefaultPlan(Pod pod) => pod.Spec.RestartPolicy is "Never" or "OnFailure" ? OneSecond : Forever;
}
