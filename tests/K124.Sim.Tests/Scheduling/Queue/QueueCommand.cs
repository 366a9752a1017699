using FsCheck;
using FsCheck.Fluent;

namespace K124.Sim.Tests.Scheduling.Queue;

public enum QueueCommandKind
{
    Add,
    Pop,
    Fail,
    Update,
    Delete,
    Event,
    Assigned,
    Nominate,
    Assume,
    Advance,
}

/// <summary>One step of a random life of a scheduling queue; the numbers choose among what there is.</summary>
public sealed record QueueCommand(QueueCommandKind Kind, int First, int Second, int Third)
{
    private static readonly QueueCommandKind[] Frequent =
    [
        .. Enum.GetValues<QueueCommandKind>(), QueueCommandKind.Add, QueueCommandKind.Pop, QueueCommandKind.Pop, QueueCommandKind.Fail, QueueCommandKind.Fail,
        QueueCommandKind.Event, QueueCommandKind.Advance, QueueCommandKind.Advance,
    ];

    public static Arbitrary<QueueCommand[]> Lives(int length) => Arb.From(
        (from kind in Gen.Elements(Frequent)
         from first in Gen.Choose(0, 999)
         from second in Gen.Choose(0, 999)
         from third in Gen.Choose(0, 999)
         select new QueueCommand(kind, first, second, third)).ArrayOf(length),
        Shrinking.DropChunks);
}
