using FsCheck;
using FsCheck.Fluent;
using K124.Sim.Collections;

namespace K124.Sim.Tests.Collections;

public sealed class ForkableMapTests
{
    private const int Keys = 1_000;

    private static readonly Config Lives = Config.QuickThrowOnFailure.WithMaxTest(60);

    /// <summary>Few hash codes make long chains, and many growths of the table.</summary>
    [Theory]
    [InlineData(8, 2)]
    [InlineData(60, 40)]
    [InlineData(Keys, 400)]
    public void Every_side_is_the_dictionary_of_its_own_history(int hashes, int filled) => Prop.ForAll(ForkCommand.Lives(600), commands =>
    {
        var sides = new List<Side> { new(hashes) };
        for (var key = 0; key < filled; key++)
        {
            sides[0].Set(key * 7 % Keys, -key);
        }

        var now = 0;
        foreach (var command in commands)
        {
            switch (command.Kind)
            {
                case ForkCommandKind.Set:
                    sides[now].Set(command.First, command.Second);
                    break;
                case ForkCommandKind.Remove:
                    sides[now].Remove(command.Second % 3 == 0 ? command.First : sides[now].SomeKey(command.Second) ?? command.First);
                    break;
                case ForkCommandKind.Fork when sides.Count < 8:
                    sides.Add(sides[now].Fork());
                    break;
                default:
                    now = command.First % sides.Count;
                    break;
            }

            foreach (var side in sides)
            {
                side.Compare(command.First);
            }
        }

        foreach (var side in sides)
        {
            side.CompareAll();
        }
    }).Check(Lives);

    [Fact]
    public void Sides_on_threads_of_their_own_do_not_disturb_one_another()
    {
        for (var round = 0; round < 20; round++)
        {
            var parent = new Side(60 + (round * 40));
            for (var key = 0; key < 700; key++)
            {
                parent.Set(key, key);
            }

            Side[] sides = [parent.Fork(), parent.Fork(), parent];
            Parallel.For(0, sides.Length, side =>
            {
                var random = SeededRandom.Stream((ulong)round, $"{side}");
                for (var i = 0; i < 2_000; i++)
                {
                    var key = (int)random.Next(Keys);
                    sides[side].Compare(key);
                    if (random.Next(3) == 0)
                    {
                        sides[side].Remove(key);
                    }
                    else
                    {
                        sides[side].Set(key, (i * sides.Length) + side);
                    }
                }

                sides[side].CompareAll();
            });
        }
    }

    [Fact]
    public void A_fork_has_the_values_in_the_order_of_its_parent()
    {
        var parent = new Side(Keys);
        for (var key = 0; key < 500; key++)
        {
            parent.Set(key * 3 % Keys, key);
            parent.Remove(key);
        }

        var order = parent.Values.ToArray();
        Assert.Equal(order, parent.Fork().Values);
        Assert.Equal(order, parent.Values);
    }

    /// <summary>A map beside the dictionary that it has to be like.</summary>
    private sealed class Side
    {
        private readonly Ownership _ownership = new();
        private readonly ForkableMap<int, int> _map;
        private readonly SortedDictionary<int, int> _model;

        public Side(int hashes)
        {
            _map = new(_ownership, EqualityComparer<int>.Create(static (left, right) => left == right, key => key % hashes * 7919));
            _model = [];
        }

        private Side(Side other)
        {
            _map = other._map.Fork(_ownership);
            _model = new(other._model);
            other._ownership.Renounce();
        }

        public IEnumerable<int> Values => _map.Values;

        public Side Fork() => new(this);

        public int? SomeKey(int number) => _model.Count == 0 ? null : _model.Keys.ElementAt(number % _model.Count);

        public void Set(int key, int value)
        {
            if (value % 2 == 0 && !_model.ContainsKey(key))
            {
                _map.Add(key, value);
            }
            else
            {
                _map.Set(key, value);
            }

            _model[key] = value;
        }

        public void Remove(int key)
        {
            Assert.Equal(_model.Remove(key, out var expected), _map.Remove(key, out var value));
            Assert.Equal(expected, value);
        }

        public void Compare(int key)
        {
            Assert.Equal(_model.TryGetValue(key, out var expected), _map.TryGetValue(key, out var value));
            Assert.Equal(expected, value);
            Assert.Equal(_model.GetValueOrDefault(key, -1), _map.GetValueOrDefault(key, -1));
            Assert.Equal(_model.Count, _map.Count);
        }

        public void CompareAll()
        {
            for (var key = 0; key < Keys; key++)
            {
                Compare(key);
            }

            Assert.Equal(_model.Values.Order(), _map.Values.Order());
        }
    }
}
