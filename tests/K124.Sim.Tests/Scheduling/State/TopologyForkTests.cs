using K124.Sim.Model;
using K124.Sim.Scheduling.State;

namespace K124.Sim.Tests.Scheduling.State;

public sealed class TopologyForkTests
{
    private const string Key = "rack";
    private const int Nodes = 60;
    private const int Racks = 20;

    [Fact]
    public void A_node_that_moves_on_one_side_stays_where_it_was_on_the_other()
    {
        var state = new SchedulerState(Cluster.Of(Enumerable.Range(0, Nodes).Select(static i => Node(i, i % Racks))), new());
        var domains = state.Topology.Get(Key);
        var before = RowsByRack(domains);
        var fork = state.Fork();
        state.Apply(Node(3, 7));
        fork.Apply(Node(4, 11));

        var here = RowsByRack(state.Topology.Get(Key));
        var there = RowsByRack(fork.Topology.Get(Key));
        Assert.Equal(Moved(before, row: 3, from: 3, to: 7), here);
        Assert.Equal(Moved(before, row: 4, from: 4, to: 11), there);
    }

    /// <summary>The rows of each rack, sorted; the empty value is the first.</summary>
    private static List<int>[] RowsByRack(TopologyDomains domains) =>
    [
        .. Enumerable.Range(0, domains.Count).Select(domain =>
        {
            List<int> rows = [];
            domains.AddRowsOf(domain, except: -1, rows);
            rows.Sort();
            Assert.All(rows, row => Assert.Equal(domain, domains.Of[row]));
            return rows;
        }),
    ];

    private static List<int>[] Moved(List<int>[] before, int row, int from, int to) =>
    [
        .. before.Select((rows, domain) =>
            domain == from + 1 ? [.. rows.Where(other => other != row)]
            : domain == to + 1 ? [.. rows.Append(row).Order()]
            : rows),
    ];

    private static Node Node(int i, int rack) => new() { Metadata = new() { Name = $"n{i}", Labels = StringMap<string>.Empty.With(Key, $"r{rack}") } };
}
