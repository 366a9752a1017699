using FsCheck.Xunit;
using K124.Sim.Model;
using K124.Sim.Scheduling.Internal;

namespace K124.Sim.Tests.Scheduling.Index;

public sealed class PodTableTests
{
    [Property(MaxTest = 100, QuietOnSuccess = true)]
    public void Table_finds_what_a_dictionary_finds_and_nodes_keep_the_order_of_their_pods(FsCheck.DoNotSize<int> seed)
    {
        var dice = new ClusterDice(seed.Item);
        var table = new PodTable(new());
        var nodes = new NodePods(table);
        nodes.EnsureRows(3);
        var ids = new Dictionary<ObjectKey, int>();
        var lists = new[] { new List<int>(), new List<int>(), new List<int>() };
        for (var step = 0; step < 1500; step++)
        {
            var pod = new Pod { Metadata = new() { Namespace = dice.Pick("a", "b"), Name = $"p{dice.Below(400)}" } };
            var key = ObjectKey.Of(pod);
            if (!ids.TryGetValue(key, out var id))
            {
                var row = dice.Below(3);
                ids.Add(key, id = table.Create(pod, null!, row));
                table.Enter(id);
                nodes.Append(row, id);
                lists[row].Add(id);
            }
            else
            {
                var row = table[id].Row;
                var slot = nodes.Remove(row, id);
                var before = lists[row].ToArray();
                lists[row][slot] = lists[row][^1];
                lists[row].RemoveAt(lists[row].Count - 1);
                Assert.Equal(lists[row], nodes[row].ToArray());
                if (dice.Chance(30))
                {
                    nodes.Restore(row, id, slot);
                    lists[row] = [.. before];
                }
                else
                {
                    table.Leave(id);
                    table.Release(id);
                    ids.Remove(key);
                }

                Assert.Equal(lists[row], nodes[row].ToArray());
            }
        }

        Assert.Equal(ids.Count, table.Count);
        Assert.All(Enumerable.Range(0, 400), i => Assert.Equal(ids.GetValueOrDefault(new("a", $"p{i}"), -1), table.Find(new("a", $"p{i}"))));
    }
}
