using FsCheck.Xunit;
using K124.Sim.Collections;
using K124.Sim.Model;
using K124.Sim.Scheduling.State;

namespace K124.Sim.Tests.Scheduling.State;

public sealed class PodTableTests
{
    private const int Names = 400;
    private const int Rows = 3;

    [Property(MaxTest = 100, QuietOnSuccess = true)]
    public void Table_finds_what_a_dictionary_finds_and_nodes_keep_the_order_of_their_pods(FsCheck.DoNotSize<int> seed)
    {
        var dice = new ClusterDice(seed.Item);
        var side = new Side();
        for (var step = 0; step < 1500; step++)
        {
            side.Step(dice);
        }

        side.Check();
    }

    [Property(MaxTest = 50, QuietOnSuccess = true)]
    public void Sides_of_forks_go_on_on_their_own(FsCheck.DoNotSize<int> seed)
    {
        var dice = new ClusterDice(seed.Item);
        var sides = new List<Side> { new() };
        for (var step = 0; step < 1500; step++)
        {
            if (sides.Count < 6 && dice.Chance(1))
            {
                sides.Add(sides[dice.Below(sides.Count)].Fork());
            }

            sides[dice.Below(sides.Count)].Step(dice);
        }

        sides.ForEach(static side => side.Check());
    }

    /// <summary>A table with its model.</summary>
    private sealed class Side
    {
        private readonly Ownership _ownership = new();
        private readonly PodTable _table;
        private readonly NodePods _nodes;
        private readonly Dictionary<ObjectKey, int> _ids;
        private readonly List<int>[] _lists;

        public Side()
        {
            _table = new(_ownership);
            _nodes = new(_table, _ownership);
            _nodes.EnsureRows(Rows);
            _ids = [];
            _lists = [[], [], []];
        }

        private Side(Side other)
        {
            _table = other._table.Fork(_ownership);
            _nodes = new(other._nodes, _table, _ownership);
            _ids = new(other._ids);
            _lists = [.. other._lists.Select(static list => new List<int>(list))];
            other._ownership.Renounce();
        }

        public Side Fork() => new(this);

        public void Step(ClusterDice dice)
        {
            var pod = new Pod { Metadata = new() { Namespace = dice.Pick("a", "b"), Name = $"p{dice.Below(Names)}" } };
            var key = ObjectKey.Of(pod);
            if (_ids.TryGetValue(key, out var id))
            {
                Remove(dice, key, id);
                return;
            }

            var row = dice.Below(Rows);
            _ids.Add(key, id = _table.Create(pod, null!, row));
            _table.Enter(id);
            _nodes.Append(row, id);
            _lists[row].Add(id);
        }

        public void Check()
        {
            Assert.Equal(_ids.Count, _table.Count);
            foreach (var ns in new[] { "a", "b" })
            {
                Assert.All(Enumerable.Range(0, Names), i => Assert.Equal(_ids.GetValueOrDefault(new(ns, $"p{i}"), -1), _table.Find(new(ns, $"p{i}"))));
            }

            Assert.All(Enumerable.Range(0, Rows), row => Assert.Equal(_lists[row], _nodes[row].ToArray()));
            Assert.All(_ids.Values, id => Assert.Equal(_lists[_table[id].Row].IndexOf(id), _table[id].Slot));
        }

        private void Remove(ClusterDice dice, ObjectKey key, int id)
        {
            var row = _table[id].Row;
            var slot = _nodes.Remove(row, id);
            var list = _lists[row];
            var before = list.ToArray();
            list[slot] = list[^1];
            list.RemoveAt(list.Count - 1);
            Assert.Equal(list, _nodes[row].ToArray());
            if (dice.Chance(30))
            {
                _nodes.Restore(row, id, slot);
                _lists[row] = [.. before];
            }
            else
            {
                _table.Leave(id);
                _table.Release(id);
                _ids.Remove(key);
            }

            Assert.Equal(_lists[row], _nodes[row].ToArray());
        }
    }
}
