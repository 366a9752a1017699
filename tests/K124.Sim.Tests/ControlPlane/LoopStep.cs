using FsCheck;
using FsCheck.Fluent;

namespace K124.Sim.Tests.ControlPlane;

public enum LoopStepKind
{
    CreatePod,
    DeletePod,
    ApplyNode,
    DeleteNode,
    Wait,
}

/// <summary>One step of a random life of a cluster; the numbers choose among what there is.</summary>
public sealed record LoopStep(LoopStepKind Kind, int First, int Second, int Third)
{
    private static readonly LoopStepKind[] Frequent =
    [
        LoopStepKind.CreatePod, LoopStepKind.CreatePod, LoopStepKind.CreatePod, LoopStepKind.CreatePod, LoopStepKind.DeletePod, LoopStepKind.ApplyNode,
        LoopStepKind.ApplyNode, LoopStepKind.DeleteNode, LoopStepKind.Wait, LoopStepKind.Wait,
    ];

    public static Arbitrary<LoopStep[]> Lives(int length) => Arb.From(
        (from kind in Gen.Elements(Frequent)
         from first in Gen.Choose(0, 999)
         from second in Gen.Choose(0, 999)
         from third in Gen.Choose(0, 999)
         select new LoopStep(kind, first, second, third)).ArrayOf(length),
        Shrinking.DropChunks);
}
