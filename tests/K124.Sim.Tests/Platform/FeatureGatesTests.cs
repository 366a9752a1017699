using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using K124.Sim.Platform;

namespace K124.Sim.Tests.Platform;

public class FeatureGatesTests
{
    private static readonly string[] Names = [.. FeatureGate.All.Select(gate => gate.Name)];

    [Fact]
    public void Table_has_the_totals_of_1_24()
    {
        Assert.Equal(54, Count(FeatureStage.Beta));
        Assert.Equal(46, Count(FeatureStage.Alpha));
        Assert.Equal(39, Count(FeatureStage.GA));
        Assert.Equal(1, Count(FeatureStage.Deprecated));
        Assert.Equal(Names.Order(StringComparer.Ordinal), Names.Distinct(StringComparer.Ordinal));
        Assert.All(FeatureGate.All, gate => Assert.True(!gate.LockToDefault || gate.Stage == FeatureStage.GA, gate.Name));
        Assert.All(FeatureGate.All, gate => Assert.True(!gate.Default || gate.Stage != FeatureStage.Alpha, gate.Name));
        Assert.Equal(
            ["AdvancedAuditing", "CSIMigrationAzureDisk", "DryRun", "ExecProbeTimeout", "ExpandCSIVolumes", "ExpandInUsePersistentVolumes", "ExpandPersistentVolumes", "ServerSideApply"],
            FeatureGate.All.Where(gate => gate is { Stage: FeatureStage.GA, LockToDefault: false }).Select(gate => gate.Name));
        Assert.Equal(
            ["AllBeta", "CSIMigrationvSphere", "ExperimentalHostUserNamespaceDefaulting", "JobTrackingWithFinalizers", "ProbeTerminationGracePeriod"],
            FeatureGate.All.Where(gate => gate is { Stage: FeatureStage.Beta, Default: false }).Select(gate => gate.Name));
    }

    [Theory]
    [InlineData("CSIStorageCapacity", true)]
    [InlineData("RecoverVolumeExpansionFailure", false)]
    [InlineData("CSIMigrationAzureDisk", true)]
    [InlineData("CSIMigrationvSphere", false)]
    [InlineData("ServerSideFieldValidation", false)]
    [InlineData("HonorPVReclaimPolicy", false)]
    public void Default_is_that_of_the_code(string name, bool expected) => Assert.Equal(expected, FeatureGates.Default.IsEnabled(name));

    [Theory]
    [InlineData("AllAlpha=true", "ServiceIPStaticSubrange", true)]
    [InlineData("AllAlpha=true", "GRPCContainerProbe", true)]
    [InlineData("AllAlpha=true,ServiceIPStaticSubrange=false", "ServiceIPStaticSubrange", false)]
    [InlineData("ServiceIPStaticSubrange=false,AllAlpha=true", "ServiceIPStaticSubrange", false)]
    [InlineData("AllBeta=false", "GRPCContainerProbe", false)]
    [InlineData("AllBeta=false", "CSIMigrationAzureDisk", true)]
    [InlineData("ServiceIPStaticSubrange=true,ServiceIPStaticSubrange=false", "ServiceIPStaticSubrange", false)]
    [InlineData(", ServiceIPStaticSubrange = T ,,", "ServiceIPStaticSubrange", true)]
    public void Set_reads_the_flag(string text, string name, bool expected) => Assert.Equal(expected, FeatureGates.Default.Set(text).Gates!.IsEnabled(name));

    [Theory]
    [InlineData("IndexedJob=false", "cannot set feature gate IndexedJob to false, feature is locked to true")]
    [InlineData("ServiceIPStaticSubrange", "missing bool value for ServiceIPStaticSubrange")]
    [InlineData("ServiceIPStaticSubrange=maybe", "invalid value of ServiceIPStaticSubrange=maybe, err: strconv.ParseBool: parsing \"maybe\": invalid syntax")]
    [InlineData("NoSuch=true", "unrecognized feature gate: NoSuch")]
    [InlineData("indexedjob=true", "unrecognized feature gate: indexedjob")]
    [InlineData("ServiceIPStaticSubrange=true,IndexedJob=false", "cannot set feature gate IndexedJob to false, feature is locked to true")]
    [InlineData("A=b=c", "invalid value of A=b=c, err: strconv.ParseBool: parsing \"b=c\": invalid syntax")]
    public void Set_refuses_whole(string text, string error)
    {
        var change = FeatureGates.Default.Set(text);
        Assert.Null(change.Gates);
        Assert.Equal(error, change.Error);
    }

    [Theory]
    [InlineData("IndexedJob=true", "Setting GA feature gate IndexedJob=true. It will be removed in a future release.")]
    [InlineData("CSIMigrationAzureDisk=false", "Setting GA feature gate CSIMigrationAzureDisk=false. It will be removed in a future release.")]
    [InlineData("DynamicKubeletConfig=true", "Setting deprecated feature gate DynamicKubeletConfig=true. It will be removed in a future release.")]
    public void Set_warns_of_gates_that_will_go(string text, string warning) => Assert.Equal(warning, Assert.Single(FeatureGates.Default.Set(text).Warnings));

    [Fact]
    public void Gates_set_by_AllAlpha_stay_set()
    {
        var gates = FeatureGates.Default.Set("AllAlpha=true").Gates!.Set("AllAlpha=false").Gates!;
        Assert.True(gates.IsEnabled("ServiceIPStaticSubrange"));
        Assert.False(gates.IsEnabled("AllAlpha"));
    }

    [Fact]
    public void Misuse_is_an_exception_with_the_text_of_1_24()
    {
        Assert.StartsWith("unrecognized feature gate: NoSuch", Assert.Throws<ArgumentException>(() => FeatureGates.Default.IsEnabled("NoSuch")).Message, StringComparison.Ordinal);
        Assert.StartsWith("unrecognized feature gate: NoSuch", Assert.Throws<ArgumentException>(() => FeatureGates.Of(("NoSuch", true))).Message, StringComparison.Ordinal);
        Assert.StartsWith(
            "cannot set feature gate CSIStorageCapacity to false, feature is locked to true",
            Assert.Throws<ArgumentException>(() => FeatureGates.Default.With("CSIStorageCapacity", false)).Message,
            StringComparison.Ordinal);
    }

    /// <summary>Explicit setting before All* before default, whatever the order of the pairs; a refused set changes nothing.</summary>
    [Property]
    public Property Explicit_wins_over_All_wins_over_default()
    {
        var pair = from name in Gen.Elements(Names.Append("NoSuch").Concat(["AllAlpha", "AllBeta", "AllAlpha"]).ToArray())
                   from value in Gen.Elements(true, false)
                   select (name, value);
        return Prop.ForAll(pair.ListOf().ToArbitrary(), pairs =>
        {
            var distinct = pairs.DistinctBy(item => item.name).ToArray();
            var change = FeatureGates.Default.Set(Text(distinct));
            Assert.Equal(change.Gates, FeatureGates.Default.Set(Text(distinct.Reverse())).Gates);
            var mustFail = distinct.Any(item => FeatureGate.Find(item.name) is not { } gate || (gate.LockToDefault && gate.Default != item.value));
            Assert.Equal(mustFail, change.Gates is null);
            Assert.Equal(mustFail, change.Error is not null);
            if (change.Gates is not { } gates)
            {
                return;
            }

            var explicitly = distinct.ToDictionary(item => item.name, item => item.value, StringComparer.Ordinal);
            foreach (var gate in FeatureGate.All)
            {
                var group = gate.Stage switch { FeatureStage.Alpha => "AllAlpha", FeatureStage.Beta => "AllBeta", _ => "" };
                var expected = explicitly.TryGetValue(gate.Name, out var own) ? own : explicitly.TryGetValue(group, out var all) ? all : gate.Default;
                Assert.Equal(expected, gates.IsEnabled(gate.Name));
            }

            Assert.Equal(gates, FeatureGates.Default.Set(gates.ToString()).Gates);
        });
    }

    private static int Count(FeatureStage stage) => FeatureGate.All.Count(gate => gate.Stage == stage);

    private static string Text(IEnumerable<(string Name, bool Value)> pairs) => string.Join(',', pairs.Select(pair => $"{pair.Name}={pair.Value}"));

    [FsCheck.Xunit.Property]
    public void Text_of_gates_reads_back(byte[] picks, bool[] values)
    {
        var free = FeatureGate.All.Where(static gate => !gate.LockToDefault).ToArray();
        var text = string.Join(',', picks.Zip(values, (pick, isOn) => $"{free[pick % free.Length].Name}={(isOn ? "true" : "false")}"));

        var gates = FeatureGates.Default.Set(text).Gates!;

        Assert.Equal(gates, FeatureGates.Default.Set(gates.ToString()).Gates);
    }
}
