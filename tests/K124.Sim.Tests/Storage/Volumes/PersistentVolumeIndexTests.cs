using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using K124.Sim.Model;
using K124.Sim.Storage.Volumes;
using K124.Sim.Tests.Reference;

namespace K124.Sim.Tests.Storage.Volumes;

public class PersistentVolumeIndexTests
{
    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(2_000).WithStartSize(5).WithEndSize(60);

    private static readonly Gen<PersistentVolume[]> Lists =
        ClaimDice.Volumes(40).ListOf().Select(static list => list.DistinctBy(static volume => volume.Metadata.Name).ToArray());

    [Fact]
    public void Choice_of_the_controller_is_that_of_the_reference() => Prop.ForAll(
        Arb.From(Lists), Arb.From(ClaimDice.Claims(40)), Arb.From(Gen.Elements(true, false)), static (volumes, claim, delayBinding) =>
        {
            var match = IndexOf(volumes).FindByClaim(claim, delayBinding);
            var expected = ReferenceVolumeMatching.FindByClaim(claim, volumes.OrderBy(static volume => volume.Metadata.Name, StringComparer.Ordinal), delayBinding);
            Assert.Equal(expected?.Metadata.Name, match.Volume?.Metadata.Name);
        }).Check(Many);

    [Fact]
    public void Choice_out_of_a_list_is_that_of_the_reference() => Prop.ForAll(
        Arb.From(Lists),
        Arb.From(ClaimDice.Claims(40)),
        Arb.From(Gen.Elements("none", "a", "b")),
        static (volumes, claim, zone) =>
        {
            var labels = zone == "none" ? null : StringMap.Of(("zone", zone));
            var excluded = volumes.Where(static (_, position) => position % 5 == 4).Select(static volume => volume.Metadata.Name).ToImmutableHashSet();
            var positions = volumes.Index().ToDictionary(static entry => entry.Item.Metadata.Name, static entry => entry.Index);
            foreach (var delayBinding in new[] { true, false })
            {
                var match = IndexOf(volumes, (left, right) => positions[left.Metadata.Name].CompareTo(positions[right.Metadata.Name]))
                    .FindMatchingVolume(claim, labels, excluded, delayBinding);
                var expected = ReferenceVolumeMatching.FindMatchingVolume(claim, volumes, labels, excluded, delayBinding);
                Assert.Equal(expected?.Metadata.Name, match.Volume?.Metadata.Name);
            }
        }).Check(Many);

    /// <summary>Whatever was put in, replaced and taken out before, only what is there now counts.</summary>
    [Fact]
    public void History_leaves_no_trace() => Prop.ForAll(
        Arb.From(Lists), Arb.From(Lists), Arb.From(ClaimDice.Claims(40)), static (earlier, now, claim) =>
        {
            var index = IndexOf(earlier);
            foreach (var volume in now)
            {
                index.Set(volume);
            }

            foreach (var gone in earlier.Select(static volume => volume.Metadata.Name).Except(now.Select(static volume => volume.Metadata.Name)))
            {
                Assert.True(index.Remove(gone));
                Assert.False(index.Remove(gone));
            }

            Assert.Equal(now.Length, index.Volumes.Count());
            Assert.Equal(IndexOf(now).FindByClaim(claim, delayBinding: false).Volume, index.FindByClaim(claim, delayBinding: false).Volume);
        }).Check(Many);

    /// <summary>A decision depends only on the volumes of the class that the claim names, and on those that name the claim.</summary>
    [Fact]
    public void Volumes_of_other_classes_change_nothing() => Prop.ForAll(Arb.From(Lists), Arb.From(ClaimDice.Claims(40)), static (volumes, claim) =>
    {
        var related = volumes.Where(volume => volume.Spec.StorageClassName == claim.Spec.StorageClassName || volume.Spec.ClaimRef is not null).ToArray();
        Assert.Equal(IndexOf(volumes).FindByClaim(claim, delayBinding: false), IndexOf(related).FindByClaim(claim, delayBinding: false));
    }).Check(Many);

    [Fact]
    public void Many_volumes_are_handed_out_smallest_first()
    {
        var index = new PersistentVolumeIndex();
        var sizes = Enumerable.Range(0, 3_000).Select(static i => (i * 7919 % 3_000) + 1).ToArray();
        foreach (var size in sizes)
        {
            index.Set(Volume($"v{size:D5}", size));
        }

        var taken = new List<int>();
        var claim = Claim(1_500);
        while (index.FindByClaim(claim, delayBinding: false).Volume is { } volume)
        {
            taken.Add((int)(volume.Spec.Capacity["storage"].Value() >> 30));
            index.Remove(volume.Metadata.Name);
        }

        Assert.Equal(Enumerable.Range(1_500, 1_501), taken);
    }

    [Fact]
    public void Invalid_selector_is_an_error_with_the_text_of_1_24()
    {
        var claim = Claim(1) with { Spec = Claim(1).Spec with { Selector = new() { MatchExpressions = [new() { Key = "tier", Operator = "Bogus" }] } } };
        Assert.Equal(
            "error creating internal label selector for claim: default/c: \"Bogus\" is not a valid pod selector operator",
            new PersistentVolumeIndex().FindByClaim(claim, delayBinding: false).Error);
    }

    /// <summary>A larger volume with fewer modes goes before a smaller one with more.</summary>
    [Fact]
    public void Fewest_modes_go_before_smallest_size()
    {
        var index = new PersistentVolumeIndex();
        index.Set(Volume("small", 2) with { Spec = Volume("small", 2).Spec with { AccessModes = ["ReadWriteOnce", "ReadWriteMany"] } });
        index.Set(Volume("large", 9));
        Assert.Equal("large", index.FindByClaim(Claim(1), delayBinding: false).Volume?.Metadata.Name);
    }

    private static PersistentVolumeIndex IndexOf(IEnumerable<PersistentVolume> volumes, Comparison<PersistentVolume>? tieBreak = null)
    {
        var index = new PersistentVolumeIndex(tieBreak);
        foreach (var volume in volumes)
        {
            index.Set(volume);
        }

        return index;
    }

    private static PersistentVolume Volume(string name, int size) => new()
    {
        Metadata = new() { Name = name },
        Spec = new() { Capacity = ClaimDice.GiB(size), AccessModes = ["ReadWriteOnce"] },
        Status = new() { Phase = "Available" },
    };

    private static PersistentVolumeClaim Claim(int size) => new()
    {
        Metadata = new() { Namespace = "default", Name = "c" },
        Spec = new() { Resources = new() { Requests = ClaimDice.GiB(size) }, AccessModes = ["ReadWriteOnce"] },
    };
}
