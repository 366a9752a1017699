using System.Collections.Immutable;

namespace K124.Sim.Scheduling.Algorithm.Failures;

/// <summary>Reads the objections of one attempt when somebody asks for them.</summary>
/// <param name="names">Names of nodes by row.</param>
/// <param name="statuses">The objections.</param>
/// <param name="order">The rows.</param>
/// <param name="first">Where among them the examination began.</param>
internal sealed class NodeStatusReader(string[] names, StatusPages.Snapshot statuses, int[] order, int first)
{
    public ImmutableArray<NodeRejection> Read()
    {
        var read = ImmutableArray.CreateBuilder<NodeRejection>(order.Length);
        for (var i = 0; i < order.Length; i++)
        {
            var row = order[(first + i) % order.Length];
            read.Add(new(names[row], statuses[row]));
        }

        return read.MoveToImmutable();
    }
}
