using FsCheck;
using FsCheck.Fluent;

namespace K124.Sim.Tests.Networking;

/// <summary>A step of a random history on a range; offsets may lie outside it.</summary>
public abstract record RangeCommand
{
    public sealed record Allocate(int Offset) : RangeCommand;

    public sealed record AllocateNext : RangeCommand;

    public sealed record Release(int Offset) : RangeCommand;

    public sealed record Has(int Offset) : RangeCommand;

    public sealed record Roundtrip : RangeCommand;

    public sealed record Restore(byte[] Data) : RangeCommand;

    public sealed record Fill(int Count) : RangeCommand;
}

public sealed record RangeHistory(string Cidr, bool Gate, int Patch, ulong Seed, RangeCommand[] Commands)
{
    public override string ToString() => $"{Cidr} gate={Gate} 1.24.{Patch} seed={Seed}: {string.Join("; ", (object[])Commands)}";
}

public static class RangeArbitraries
{
    private static readonly string[] Cidrs =
    [
        "10.0.0.0/32", "10.0.0.0/31", "10.0.0.0/30", "10.0.0.0/29", "10.0.0.0/28", "10.0.0.0/27", "10.0.0.0/26", "10.0.0.0/24",
        "10.0.0.0/22", "0.0.0.0/27", "255.255.255.0/24", "255.255.255.240/28", "fd00::/127", "fd00::/125", "fd00::/124",
        "fd00::/123", "fd00::/120", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ff00/120", "::/122",
    ];

    private static Gen<RangeCommand> Command => Gen.Frequency(
        (5, Offset.Select(offset => (RangeCommand)new RangeCommand.Allocate(offset))),
        (8, Gen.Constant((RangeCommand)new RangeCommand.AllocateNext())),
        (6, Offset.Select(offset => (RangeCommand)new RangeCommand.Release(offset))),
        (2, Offset.Select(offset => (RangeCommand)new RangeCommand.Has(offset))),
        (1, Gen.Constant((RangeCommand)new RangeCommand.Roundtrip())),
        (1, Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf().Resize(40).Select(data => (RangeCommand)new RangeCommand.Restore(data))),
        (2, Gen.Choose(1, 300).Select(count => (RangeCommand)new RangeCommand.Fill(count))));

    private static Gen<int> Offset => Gen.OneOf(Gen.Choose(-3, 40), Gen.Choose(0, 300), Gen.Elements(-2, -1, 0, 13, 14, 15, 16, 29, 30, 253, 254, 255));

    public static Arbitrary<RangeHistory> Histories() => Arb.From(
        from cidr in Gen.Elements(Cidrs)
        from gate in Gen.Elements(true, false)
        from patch in Gen.Elements(0, 1, 17)
        from seed in Gen.Choose(0, int.MaxValue)
        from commands in Command.ArrayOf()
        select new RangeHistory(cidr, gate, patch, (ulong)seed, commands),
        history => DropChunks(history.Commands).Select(commands => history with { Commands = commands }));

    public static IEnumerable<T[]> DropChunks<T>(T[] items)
    {
        for (var size = items.Length / 2; size > 0; size /= 2)
        {
            for (var start = 0; start + size <= items.Length; start += size)
            {
                yield return [.. items[..start], .. items[(start + size)..]];
            }
        }
    }
}
