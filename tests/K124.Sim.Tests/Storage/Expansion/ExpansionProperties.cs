using FsCheck;
using FsCheck.Fluent;
using K124.Sim.Storage.Expansion;
using K124.Sim.Tests.Storage.Volumes;

namespace K124.Sim.Tests.Storage.Expansion;

public class ExpansionProperties
{
    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(2_000).WithStartSize(3).WithEndSize(60);

    private static readonly Gen<NodeExpandErrorKind?> NodeErrors = Gen.Elements<NodeExpandErrorKind?>(
        null, null, null, NodeExpandErrorKind.Final, NodeExpandErrorKind.FailedPrecondition, NodeExpandErrorKind.Uncertain);

    private static readonly Gen<ExpansionStep> Steps = Gen.Frequency(
        (3, Gen.Choose(1, 12).Select(static size => (ExpansionStep)new ExpansionStep.Ask(size))),
        (4, ClaimDice.Chance(3).Select(static fails => (ExpansionStep)new ExpansionStep.ControllerSync(fails))),
        (2, NodeErrors.Zip(ClaimDice.Chance(6)).Select(static pair => (ExpansionStep)new ExpansionStep.Mount(pair.Item1, pair.Item2))),
        (3, NodeErrors.Zip(ClaimDice.Chance(6)).Select(static pair => (ExpansionStep)new ExpansionStep.Look(pair.Item1, pair.Item2))));

    private static readonly Arbitrary<(bool CanRecover, bool NeedsNode, bool IsBlock)> Settings = (
        from canRecover in Gen.Elements(true, false)
        from needsNode in Gen.Elements(true, true, false)
        from isBlock in ClaimDice.Chance(4)
        select (canRecover, needsNode, isBlock)).ToArbitrary();

    private static readonly Arbitrary<ExpansionStep[]> Histories = Steps.ArrayOf().ToArbitrary();

    [Fact]
    public void Expansion_never_shrinks() => Prop.ForAll(Settings, Histories, static (settings, history) =>
    {
        var world = new ExpansionWorld(settings.CanRecover, settings.NeedsNode, settings.IsBlock);
        foreach (var step in history)
        {
            var (claimSize, volumeSize) = (world.ClaimSize, world.VolumeSize);
            world.Play(step);
            Assert.True(world.ClaimSize >= claimSize, $"{step}: the claim shrank");
            Assert.True(world.VolumeSize >= volumeSize, $"{step}: the volume shrank");
            Assert.True(world.VolumeSize >= world.ClaimSize, "a claim never has more than its volume");
        }
    }).Check(Many);

    /// <summary>Whatever went wrong before: once nothing fails any more, the claim gets what it asks for, and all marks go.</summary>
    [Fact]
    public void Expansion_always_ends() => Prop.ForAll(Settings, Histories, static (settings, history) =>
    {
        var world = new ExpansionWorld(settings.CanRecover, settings.NeedsNode, settings.IsBlock);
        foreach (var step in history)
        {
            world.Play(step);
        }

        for (var round = 0; round < 4; round++)
        {
            world.Play(new ExpansionStep.ControllerSync(Fails: false));
            world.Play(new ExpansionStep.Mount(Error: null, ReadOnly: false));
        }

        var (claim, volume) = (world.Claim, world.Volume);
        world.Play(new ExpansionStep.ControllerSync(Fails: false));
        Assert.Equal((claim, volume), (world.Claim, world.Volume));
        Assert.True(world.ClaimSize >= world.Request, $"{world.ClaimSize} of {world.Request}");
        Assert.Equal(["Custom"], claim.Status.Conditions.Select(static condition => condition.Type));
        Assert.False(volume.Metadata.Annotations.ContainsKey("volume.alpha.kubernetes.io/pre-resize-capacity"));

        // A node that fails to expand what the claim already has leaves its mark, until the claim grows again.
        Assert.True(string.IsNullOrEmpty(claim.Status.ResizeStatus) || (claim.Status.ResizeStatus == "NodeExpansionFailed" && world.ClaimSize == world.VolumeSize));
    }).Check(Many);

    /// <summary>Conditions of resizing exclude each other, and those of others are left alone.</summary>
    [Fact]
    public void At_most_one_condition_of_resizing() => Prop.ForAll(Settings, Histories, static (settings, history) =>
    {
        var world = new ExpansionWorld(settings.CanRecover, settings.NeedsNode, settings.IsBlock);
        foreach (var step in history)
        {
            world.Play(step);
            Assert.Single(world.Claim.Status.Conditions, static condition => condition.Type == "Custom");
            Assert.True(world.Claim.Status.Conditions.Length <= 2);
        }
    }).Check(Many);
}
