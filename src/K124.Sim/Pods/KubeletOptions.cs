using K124.Sim.Model;

namespace K124.Sim.Pods;

/// <summary>What the kubelets' stand-in does with pods.</summary>
public sealed record KubeletOptions
{
    /// <summary>The plan of a pod, asked for once when it is bound. Times count from the binding; <see cref="PodPlan.ScheduleAfter"/> is not read.</summary>
    /// <value>A pod starts and is ready at once and stops at once; pods of Jobs succeed after a second, others run until they are deleted.</value>
    public Func<Pod, PodPlan> Plan { get; init => field = value ?? DefaultPlan; } = DefaultPlan;

    private static readonly PodPlan Forever = new();
    private static readonly PodPlan OneSecond = new() { FinishAfter = TimeSpan.FromSeconds(1), Outcome = "Succeeded" };

    private static PodPlan DefaultPlan(Pod pod) => pod.Spec.RestartPolicy is "Never" or "OnFailure" ? OneSecond : Forever;
}
