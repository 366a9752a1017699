using FsCheck.Xunit;
using K124.Sim.Model;
using K124.Sim.Pods;

namespace K124.Sim.Tests.Pods;

using ControlPlane = K124.Sim.ControlPlane.ControlPlane;

public sealed class PriorityClassTests
{
    private const string Reserved = "metadata.name: Forbidden: priority class names with 'system-' prefix are reserved for system use only. error: ";

    private static PriorityClass Class(string name, int value, bool isDefault = false, string? policy = null) =>
        new() { Metadata = new() { Name = name }, Value = value, GlobalDefault = isDefault, PreemptionPolicy = policy };

    private static ObjectSet<PriorityClass> Among(params PriorityClass[] classes) => Cluster.Of(classes).PriorityClasses;

    private static Pod PodOf(string className = "", int? priority = null, string? policy = null) =>
        new() { Metadata = new() { Name = "p" }, Spec = new() { PriorityClassName = className, Priority = priority, PreemptionPolicy = policy } };

    [Theory]
    [InlineData("high", 1_000_000_000, false, null, "")]
    [InlineData("low", int.MinValue, false, "Never", "")]
    [InlineData("high", 1_000_000_001, false, null, "value: Forbidden: maximum allowed value of a user defined priority is 1000000000")]
    [InlineData("system-mine", 5, false, null, Reserved + "system-mine is not a known system priority class")]
    [InlineData("system-node-critical", 5, false, null, Reserved + "value of system-node-critical PriorityClass must be 2000001000")]
    [InlineData("system-cluster-critical", 2_000_000_000, true, null, Reserved + "globalDefault of system-cluster-critical PriorityClass must be false")]
    [InlineData("system-node-critical", 2_000_001_000, false, null, "")]
    [InlineData("high", 1, false, "Sometimes", "preemptionPolicy: Unsupported value: \"Sometimes\": supported values: \"PreemptLowerPriority\", \"Never\"")]
    public void Created_class_is_judged(string name, int value, bool isDefault, string? policy, string message)
    {
        var result = new ControlPlane(Cluster.Empty).Create(Class(name, value, isDefault, policy));
        Assert.EndsWith(message, result.Status?.Message ?? "", StringComparison.Ordinal);
        Assert.Equal(message.Length == 0 ? policy ?? "PreemptLowerPriority" : null, result.Value?.PreemptionPolicy);
    }

    [Fact]
    public void Only_one_class_can_become_the_default()
    {
        var plane = new ControlPlane(Cluster.Of(Class("first", 10, isDefault: true), Class("second", 1)));
        const string Message = "PriorityClass first is already marked as default. Only one default can exist";
        Assert.EndsWith(Message, plane.Create(Class("third", 1, isDefault: true)).Status!.Message, StringComparison.Ordinal);
        Assert.EndsWith(Message, plane.Apply(Class("second", 1, isDefault: true)).Status!.Message, StringComparison.Ordinal);
        Assert.Null(plane.Apply(Class("first", 10, isDefault: true) with { Description = "same" }).Status);
        Assert.Null(plane.Apply(Class("first", 10)).Status);
    }

    [Fact]
    public void Value_and_policy_stay_for_ever()
    {
        var plane = new ControlPlane(Cluster.Of(Class("c", 1, policy: "PreemptLowerPriority")));
        Assert.EndsWith(
            "[Value: Forbidden: may not be changed in an update., preemptionPolicy: Invalid value: \"Never\": field is immutable]",
            plane.Apply(Class("c", 2, policy: "Never")).Status!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void System_classes_are_always_there()
    {
        var plane = new ControlPlane(Cluster.Of([.. PriorityClasses.System, Class("c", 1)]));
        Assert.EndsWith("this is a system priority class and cannot be deleted", plane.Delete<PriorityClass>(new("", "system-node-critical")).Status!.Message, StringComparison.Ordinal);
        Assert.Null(plane.Delete<PriorityClass>(new("", "c")).Status);
        Assert.Equal(2_000_000_000, PriorityAdmission.Create(PodOf("system-cluster-critical"), Among()).Object!.Spec.Priority);
    }

    [Fact]
    public void Pod_without_a_class_gets_the_lowest_default()
    {
        var spec = PriorityAdmission.Create(PodOf(), Among(Class("b", 5, true, "Never"), Class("a", 5, true), Class("c", 9, true), Class("z", 1))).Object!.Spec;
        Assert.Equal(("a", 5, "PreemptLowerPriority"), (spec.PriorityClassName, spec.Priority, spec.PreemptionPolicy));
        spec = PriorityAdmission.Create(PodOf(), Among()).Object!.Spec;
        Assert.Equal(("", 0, "PreemptLowerPriority"), (spec.PriorityClassName, spec.Priority, spec.PreemptionPolicy));
    }

    [Theory]
    [InlineData("gone", null, null, "no PriorityClass with name gone was found")]
    [InlineData("never", 7, "Never", "")]
    [InlineData("never", 8, null, "the integer value of priority (8) must not be provided in pod spec; priority admission controller computed 7 from the given PriorityClass name")]
    [InlineData("never", null, "PreemptLowerPriority", "the string value of PreemptionPolicy (PreemptLowerPriority) must not be provided in pod spec; priority admission controller computed Never from the given PriorityClass name")]
    [InlineData("", null, "Never", "the string value of PreemptionPolicy (Never) must not be provided in pod spec; priority admission controller computed PreemptLowerPriority from the given PriorityClass name")]
    public void Pod_may_give_only_what_its_class_gives(string className, int? priority, string? policy, string message)
    {
        var result = PriorityAdmission.Create(PodOf(className, priority, policy), Among(Class("never", 7, policy: "Never")));
        Assert.Equal(message, result.Message);
        Assert.Equal(message.Length == 0 ? (7, "Never") : null, result.Object is { } pod ? (pod.Spec.Priority, pod.Spec.PreemptionPolicy) : default((int?, string?)?));
    }

    [Property(MaxTest = 200, QuietOnSuccess = true)]
    public void Admitting_an_admitted_pod_changes_nothing(int value, bool isDefault, bool never, bool named)
    {
        var classes = Among(Class("c", value, isDefault, never ? "Never" : null));
        var once = PriorityAdmission.Create(PodOf(named ? "c" : ""), classes).Object!;
        Assert.Equal(once, PriorityAdmission.Create(once, classes).Object);
        Assert.Equal(named || isDefault ? value : 0, once.Spec.Priority);
        Assert.Equal((named || isDefault) && never ? "Never" : "PreemptLowerPriority", once.Spec.PreemptionPolicy);
    }
}
