using FsCheck;
using FsCheck.Fluent;
using K124.Sim.Model;
using K124.Sim.Pods;

namespace K124.Sim.Tests.Pods;

public sealed class RuntimeClassTests
{
    private static readonly StringMap<Quantity> Fixed = StringMap.Of(("cpu", Quantity.Parse("250m")), ("memory", Quantity.Parse("120Mi")));

    private static readonly ObjectSet<RuntimeClass> Classes = Cluster.Of(
        new RuntimeClass
        {
            Metadata = new() { Name = "kata" },
            Overhead = new() { PodFixed = Fixed },
            Scheduling = new() { NodeSelector = StringMap.Of(("kata", "true")), Tolerations = [new() { Key = "kata", Operator = "Exists" }] },
        },
        new RuntimeClass { Metadata = new() { Name = "runc" } },
        new RuntimeClass { Metadata = new() { Name = "free" }, Overhead = new() }).RuntimeClasses;

    private static Pod PodOf(string? name, string cpu = "", string memory = "", string selector = "", params Toleration[] tolerations) => new()
    {
        Metadata = new() { Name = "p" },
        Spec = new()
        {
            RuntimeClassName = name,
            Overhead = cpu.Length > 0 ? StringMap.Of(("cpu", Quantity.Parse(cpu)), ("memory", Quantity.Parse(memory))) : StringMap<Quantity>.Empty,
            NodeSelector = selector.Length > 0 ? StringMap.Of(("kata", selector)) : StringMap<string>.Empty,
            Tolerations = [.. tolerations],
        },
    };

    [Theory]
    [InlineData("gone", "", "", "", "pod rejected: RuntimeClass \"gone\" not found")]
    [InlineData("kata", "0.25", "120Mi", "", "")]
    [InlineData("kata", "", "", "true", "")]
    [InlineData("kata", "1", "120Mi", "", "pod rejected: Pod's Overhead doesn't match RuntimeClass's defined Overhead")]
    [InlineData("free", "1", "120Mi", "", "pod rejected: Pod's Overhead doesn't match RuntimeClass's defined Overhead")]
    [InlineData("runc", "1", "120Mi", "", "pod rejected: Pod Overhead set without corresponding RuntimeClass defined Overhead")]
    [InlineData(null, "1", "120Mi", "", "pod rejected: Pod Overhead set without corresponding RuntimeClass defined Overhead")]
    [InlineData("kata", "", "", "false", "conflict: runtimeClass.scheduling.nodeSelector[kata] = true; pod.spec.nodeSelector[kata] = false")]
    public void Pod_gets_what_its_class_asks_for(string? name, string cpu, string memory, string selector, string message)
    {
        var result = RuntimeClassAdmission.Create(PodOf(name, cpu, memory, selector), Classes);
        Assert.Equal(message, result.Message);
        if (message.Length == 0)
        {
            Assert.Equal(Fixed, result.Object!.Spec.Overhead);
            Assert.Equal(StringMap.Of(("kata", "true")), result.Object.Spec.NodeSelector);
            Assert.Equal("kata", Assert.Single(result.Object.Spec.Tolerations).Key);
        }
    }

    [Fact]
    public void Pod_without_a_class_stays_as_it_is()
    {
        var pod = PodOf(null);
        Assert.Equal(pod, RuntimeClassAdmission.Create(pod, Classes).Object);
    }

    [Fact]
    public void Of_two_tolerations_the_wider_one_stays()
    {
        var narrow = new Toleration { Key = "kata", Operator = "Equal", Value = "x", Effect = "NoSchedule" };
        var other = new Toleration { Key = "other", Operator = "Exists", Effect = "NoExecute", TolerationSeconds = 5 };
        var spec = RuntimeClassAdmission.Create(PodOf("kata", tolerations: [narrow, other]), Classes).Object!.Spec;
        Assert.Equal([other, new Toleration { Key = "kata", Operator = "Exists" }], spec.Tolerations.AsEnumerable());
        var everything = new Toleration { Operator = "Exists" };
        Assert.Equal([everything], RuntimeClassAdmission.Create(PodOf("kata", tolerations: [narrow, everything, other]), Classes).Object!.Spec.Tolerations.AsEnumerable());
    }

    [Fact]
    public void Merged_tolerations_tolerate_what_all_of_them_did() => Prop.ForAll(
        Arb.From((from key in Gen.Elements("", "k", "l")
                  from op in Gen.Elements("", "Equal", "Exists")
                  from value in Gen.Elements("", "x")
                  from effect in Gen.Elements("", "NoSchedule", "NoExecute")
                  from seconds in Gen.Elements<long?>(null, 5, 9)
                  select new Toleration { Key = key, Operator = op, Value = op == "Exists" ? "" : value, Effect = effect, TolerationSeconds = seconds }).ListOf()),
        tolerations =>
        {
            var merged = RuntimeClassAdmission.Create(PodOf("kata", tolerations: [.. tolerations]), Classes).Object!.Spec.Tolerations;
            Toleration[] all = [.. tolerations, new() { Key = "kata", Operator = "Exists" }];
            Assert.Subset(all.ToHashSet(), merged.ToHashSet());
            Assert.Equal(merged.Distinct().Count(), merged.Length);
            foreach (var taint in from key in (string[])["k", "l", "kata"] from value in (string[])["", "x"] from effect in (string[])["NoSchedule", "NoExecute"] select new Taint { Key = key, Value = value, Effect = effect })
            {
                Assert.Equal(all.Any(toleration => toleration.Tolerates(taint)), merged.Any(toleration => toleration.Tolerates(taint)));
            }

            var again = PodOf("kata", tolerations: [.. merged]);
            Assert.Equal(merged.AsEnumerable(), RuntimeClassAdmission.Create(again, Classes).Object!.Spec.Tolerations);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
}
