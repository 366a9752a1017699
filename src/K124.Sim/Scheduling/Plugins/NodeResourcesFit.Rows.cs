using K124.Sim.Scheduling.Algorithm;
using K124.Sim.Scheduling.Classes;
using K124.Sim.Scheduling.Configuration;
using K124.Sim.Scheduling.State;

namespace K124.Sim.Scheduling.Plugins;

internal sealed partial class NodeResourcesFit
{
    private RoomFilter? _latestRoom;

    public RowFilter? RowFilterFor(PodClass pod) => RoomFor(pod);

    public RowScorer? RowScorerFor(PodClass pod) => args.ScoringStrategy.Type switch
    {
        ScoringStrategyType.LeastAllocated => new Room(_scored.For(pod), prefersRoom: true),
        ScoringStrategyType.MostAllocated => new Room(_scored.For(pod), prefersRoom: false),
        _ => new AnyRowScorer(this, pod),
    };

    private RoomFilter RoomFor(PodClass pod)
    {
        if (_latestRoom?.Requests != pod.Requests)
        {
            _latestRoom = new(nodes, pod.Requests, [.. pod.Requests.Scalars.Where(scalar => !IsIgnored(scalar.Resource))]);
        }

        return _latestRoom;
    }

    /// <summary>Whether nodes have room for the pods of a class.</summary>
    private sealed class RoomFilter(NodeTable nodes, PodRequests requests, ScalarAmount[] scalars) : RowFilter
    {
        public PodRequests Requests { get; } = requests;

        private readonly bool _asksForNothing = requests.IsEmpty;
        private readonly long _cpuMilli = requests.CpuMilli;
        private readonly long _memoryBytes = requests.MemoryBytes;
        private readonly long _ephemeralStorageBytes = requests.EphemeralStorageBytes;

        public override bool Passes(int row)
        {
            ref readonly var amounts = ref nodes.Amounts(row);
            return nodes.Pods.Count(row) < amounts.AllowedPods
                && (_asksForNothing
                    || (_cpuMilli <= amounts.Allocatable[ResourceNames.Cpu] - amounts.Requested[ResourceNames.Cpu]
                        && _memoryBytes <= amounts.Allocatable[ResourceNames.Memory] - amounts.Requested[ResourceNames.Memory]
                        && _ephemeralStorageBytes <= amounts.Allocatable[ResourceNames.EphemeralStorage] - amounts.Requested[ResourceNames.EphemeralStorage]
                        && (scalars.Length == 0 || HasScalars(row))));
        }

        public override bool TryAddRequests(List<long> key)
        {
            key.Add(_cpuMilli);
            key.Add(_memoryBytes);
            key.Add(_ephemeralStorageBytes);
            key.Add(_asksForNothing ? 1 : 0);
            foreach (var (resource, amount) in scalars)
            {
                key.Add(resource);
                key.Add(amount);
            }

            return true;
        }

        private bool HasScalars(int row)
        {
            foreach (var (resource, amount) in scalars)
            {
                if (amount > nodes.Allocatable(resource, row) - nodes.Requested(resource, row))
                {
                    return false;
                }
            }

            return true;
        }
    }

    /// <summary>How much room nodes would have left, or be out of, with a pod of a class.</summary>
    private sealed class Room(ScoredAmounts amounts, bool prefersRoom) : RowScorer
    {
        public override bool TryAddRequests(List<long> key)
        {
            amounts.AddTo(key);
            return true;
        }

        public override long Of(int row)
        {
            long sum = 0;
            long weights = 0;
            ref readonly var node = ref amounts.Node(row);
            for (var i = 0; i < amounts.Count; i++)
            {
                if (amounts.TryRead(i, row, in node, out var allocatable, out var requested))
                {
                    var weight = amounts.WeightOf(i);
                    sum += weight * (prefersRoom ? LeastAllocated(allocatable, requested) : MostAllocated(allocatable, requested));
                    weights += weight;
                }
            }

            return weights == 0 ? 0 : sum / weights;
        }
    }
}
