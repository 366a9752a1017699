using System.Text.Json.Nodes;
using K124.Sim.ControlPlane;
using K124.Sim.Model;

namespace K124.Sim.Tests.ControlPlane;

public sealed class ObjectStoreTests
{
    private static readonly ResourceId Maps = new("", "configmaps");
    private static readonly ResourceId Pods = new("", "pods");

    [Theory]
    [InlineData(1, 40)]
    [InlineData(2, 400)]
    [InlineData(3, 4000)]
    public void Every_side_of_random_lives_is_the_history_of_its_own(int seed, int operations)
    {
        var random = new Random(seed);
        var sides = new List<Side> { new(new ObjectStore(5)) };
        for (var i = 0; i < operations; i++)
        {
            var side = sides[random.Next(sides.Count)];
            if (random.Next(40) == 0 && sides.Count < 6)
            {
                sides.Add(side.Fork());
            }
            else
            {
                side.WriteAtRandom(random);
            }
        }

        foreach (var side in sides)
        {
            side.Check();
        }
    }

    [Fact]
    public void A_write_that_expects_another_revision_changes_nothing()
    {
        var store = new ObjectStore();
        var maps = store.Resource(Maps);
        var key = new ObjectKey("default", "a");
        var made = store.Create(maps, key, Map("default", "a", "1")).Object!;

        Assert.Equal(StoreOutcome.AlreadyExists, store.Create(maps, key, Map("default", "a", "2")).Outcome);
        Assert.Equal(StoreOutcome.Conflict, store.Update(maps, key, Map("default", "a", "2"), made.Revision + 1).Outcome);
        Assert.Equal(StoreOutcome.NotFound, store.Delete(maps, new("default", "b")).Outcome);
        Assert.Equal(made.Revision, store.Revision);
        Assert.Equal("1", (string?)store.Get(maps, key)!.Tree["data"]!["v"]);
        Assert.True(store.Update(maps, key, Map("default", "a", "2"), made.Revision).IsDone);
    }

    [Fact]
    public void A_record_and_its_tree_carry_the_revision()
    {
        var store = new ObjectStore(41);
        var pods = store.Resource(Pods, new ModelForm(typeof(Pod)));
        store.Create(pods, new Pod { Metadata = new() { Name = "p", Namespace = "n" } });
        var stored = store.Get(pods, new("n", "p"))!;
        Assert.Equal("42", stored.As<Pod>().Metadata.ResourceVersion);
        Assert.Equal("42", (string?)stored.Tree["metadata"]!["resourceVersion"]);

        var copy = stored.CopyTree();
        copy["metadata"]!["name"] = "other";
        Assert.Equal("p", (string?)stored.Tree["metadata"]!["name"]);

        var gone = store.Delete(pods, stored.Key).Object!;
        Assert.Equal("43", gone.As<Pod>().Metadata.ResourceVersion);
        Assert.Equal("43", (string?)gone.Tree["metadata"]!["resourceVersion"]);
    }

    [Fact]
    public void Keys_stand_in_the_order_of_the_storage()
    {
        var store = new ObjectStore();
        var maps = store.Resource(Maps);
        foreach (var (space, name) in new[] { ("a", "z"), ("a-b", "y"), ("a", "a-1"), ("a", "a"), ("b", "a") })
        {
            store.Create(maps, new(space, name), Map(space, name, "1"));
        }

        Assert.Equal(["a-b/y", "a/a", "a/a-1", "a/z", "b/a"], store.List(maps).Select(item => item.Key.ToString()));
        Assert.Equal(["a/a", "a/a-1", "a/z"], store.List(maps, "a").Select(item => item.Key.ToString()));
    }

    /// <summary>The figures are those of the watch cache of 1.24: events at a rate, and what is left of them.</summary>
    [Theory]
    [InlineData(2000, 100, 800)]
    [InlineData(400, 1000, 100)]
    [InlineData(300, 750, 100)]
    public void The_window_of_watches_follows_the_rate_of_changes(int events, int milliseconds, int left)
    {
        var store = new ObjectStore(1000) { UtcNow = DateTimeOffset.UnixEpoch };
        var maps = store.Resource(Maps);
        var key = new ObjectKey("", "x");
        store.Create(maps, key, Map("", "x", "0"));
        for (var i = 1; i < events; i++)
        {
            store.UtcNow += TimeSpan.FromMilliseconds(milliseconds);
            store.Update(maps, key, Map("", "x", "1"));
        }

        var table = store.Table(maps);
        Assert.Equal(left, table.LogEnd - table.Window.Start);
        Assert.Equal(store.Revision - left, table.Window.StartRevision);
    }

    [Fact]
    public void A_fork_of_many_objects_costs_nothing_to_speak_of()
    {
        var store = new ObjectStore();
        var pods = store.Resource(Pods, new ModelForm(typeof(Pod)));
        for (var i = 0; i < 20_000; i++)
        {
            store.Create(pods, new Pod { Metadata = new() { Name = $"p-{i}", Namespace = "n" } });
        }

        store.Fork();
        var before = GC.GetAllocatedBytesForCurrentThread();
        store.Fork();
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 20_000);
    }

    private static JsonObject Map(string space, string name, string value) => new()
    {
        ["apiVersion"] = "v1",
        ["kind"] = "ConfigMap",
        ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = space },
        ["data"] = new JsonObject { ["v"] = value },
    };

    /// <summary>A store beside a plain account of all its states.</summary>
    private sealed class Side
    {
        private readonly ObjectStore _store;
        private readonly StoreResource _maps;
        private readonly SortedDictionary<long, SortedDictionary<string, string>> _states;
        private readonly List<(long Revision, StoreChangeKind Kind, string Key)> _changes;

        public Side(ObjectStore store)
            : this(store, [], [])
        {
            _states[store.Revision] = new(StringComparer.Ordinal);
        }

        private Side(
            ObjectStore store, SortedDictionary<long, SortedDictionary<string, string>> states, List<(long Revision, StoreChangeKind Kind, string Key)> changes)
        {
            _store = store;
            _maps = store.Resource(Maps);
            _states = states;
            _changes = changes;
        }

        private SortedDictionary<string, string> Present => _states[_store.Revision];

        public Side Fork() => new(_store.Fork(), new(_states), [.. _changes]);

        public void WriteAtRandom(Random random)
        {
            var key = new ObjectKey($"n{random.Next(3)}", $"x{random.Next(40)}");
            var value = $"{random.Next()}";
            var next = new SortedDictionary<string, string>(Present, StringComparer.Ordinal);
            var isThere = Present.ContainsKey(key.ToString());
            var (kind, result) = random.Next(4) switch
            {
                0 => (StoreChangeKind.Deleted, _store.Delete(_maps, key)),
                1 => (StoreChangeKind.Modified, _store.Update(_maps, key, Map(key.Namespace, key.Name, value))),
                _ => (StoreChangeKind.Added, _store.Create(_maps, key, Map(key.Namespace, key.Name, value))),
            };
            Assert.Equal(isThere == (kind != StoreChangeKind.Added), result.IsDone);
            if (!result.IsDone)
            {
                return;
            }

            if (kind == StoreChangeKind.Deleted)
            {
                next.Remove(key.ToString());
            }
            else
            {
                next[key.ToString()] = value;
            }

            _states[_store.Revision] = next;
            _changes.Add((_store.Revision, kind, key.ToString()));
        }

        public void Check()
        {
            Assert.Equal(Present, Content(_store.List(_maps)));
            Assert.Equal(_changes, _store.ChangesSince(new(0)).Select(change => (change.Revision, change.Kind, change.Key.ToString())));
            foreach (var (revision, state) in _states)
            {
                var then = _store.At(_maps, revision);
                Assert.Equal(state, Content(then.List(null, new("", ""))));
                Assert.Equal(state.Keys.Where(key => key.StartsWith("n1/", StringComparison.Ordinal)), then.List("n1", new("n1", "")).Select(item => item.Key.ToString()));
            }
        }

        private static IEnumerable<KeyValuePair<string, string>> Content(IEnumerable<StoredObject> items) =>
            items.Select(item => KeyValuePair.Create(item.Key.ToString(), (string)item.Tree["data"]!["v"]!));
    }
}
