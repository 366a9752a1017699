using System.Collections.Immutable;
using System.Globalization;
using K124.Sim.Api;
using K124.Sim.ControlPlane;
using K124.Sim.Model;
using K124.Sim.Platform;
using K124.Sim.Scheduling;
using K124.Sim.Scheduling.Loop;

namespace K124.Sim.Tests.ControlPlane;

using ControlPlane = K124.Sim.ControlPlane.ControlPlane;

/// <summary>Control planes for tests of the scheduler's loop: nodes are taken as ready, and pods take their whole grace to stop.</summary>
internal static class LoopCluster
{
    public static readonly PriorityClass High = new() { Metadata = new() { Name = "high" }, Value = 100 };
    public static readonly PriorityClass Never = new() { Metadata = new() { Name = "never" }, Value = 100, PreemptionPolicy = "Never" };

    /// <summary>All components but the scheduler and the kubelets' stand-in.</summary>
    public static ImmutableArray<string> Controllers { get; } =
        [.. new ControlPlane(Cluster.Empty).ComponentsInOrder.Select(static component => component.Name).Where(static name => name is not ("kubelet" or "default-scheduler"))];

    public static ControlPlaneOptions Options(SchedulerOptions? scheduler = null) => new()
    {
        Profile = ClusterProfile.Of(scheduler?.Release ?? default),
        Scheduler = scheduler ?? new(),
        DisabledAdmissionPlugins = ["ServiceAccount", "TaintNodesByCondition", "DefaultTolerationSeconds"],
        Kubelet = new() { Plan = static _ => new() { TerminateAfter = TimeSpan.FromDays(1) } },
    };

    public static ControlPlaneOptions StopAfter(TimeSpan duration, SchedulerOptions? scheduler = null) =>
        Options(scheduler) with { Kubelet = new() { Plan = _ => new() { TerminateAfter = duration } } };

    public static ControlPlane Of(ControlPlaneOptions options, params IApiObject[] objects) =>
        new(Cluster.Of([new Namespace { Metadata = new() { Name = "default" } }, .. objects]), options);

    public static ControlPlane Of(params IApiObject[] objects) => Of(Options(), objects);

    public static ObjectKey Key(string name) => new("default", name);

    public static Pod Pod(this ControlPlane plane, string name) => plane.Get<Pod>(Key(name))!;

    public static SchedulerLoop Loop(this ControlPlane plane) => plane.Find<SchedulerLoop>()!;

    public static void Settle(this ControlPlane plane) => plane.AdvanceTo(plane.Now);

    /// <summary>What the scheduler reported, and which pods went, as <c>seconds what pod</c>.</summary>
    public static string[] Lines(this ControlPlane plane, params string[] reasons) =>
    [
        .. from entry in plane.Timeline
           let what = entry.Event?.Reason ?? (entry is { Verb: "delete", Actor: "kubelet", Refusal: null } ? "Gone" : "")
           where reasons.Contains(what)
           select string.Create(CultureInfo.InvariantCulture, $"{(entry.Time - new ControlPlaneOptions().Start).TotalSeconds:0.###} {what} {entry.Key.Name}"),
    ];

    public static IEnumerable<ApiEvent> Events(this ControlPlane plane) => plane.Timeline.Select(static entry => entry.Event).OfType<ApiEvent>();
}

/// <summary>Answers some bindings with an error of its own.</summary>
internal sealed class BindingFaults(IApiClient inner, Func<Pod, string?> errorOf) : IApiClient
{
    public DateTimeOffset Now => inner.Now;

    public IApiObject? Get(ApiKind kind, ObjectKey key) => inner.Get(kind, key);

    public IEnumerable<IApiObject> List(ApiKind kind) => inner.List(kind);

    public IEnumerable<IApiObject> List(ApiKind kind, ObjectIndex index, string value) => inner.List(kind, index, value);

    public void Record(ApiEvent report) => inner.Record(report);

    public ApiResult<IApiObject> Write(ApiWrite write) => write is { Subresource: "binding", Object: Pod pod } && errorOf(pod) is { } error
        ? ApiResult.Failure<IApiObject>(StatusErrors.InternalText(error))
        : inner.Write(write);
}
