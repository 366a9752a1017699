using FsCheck;
using FsCheck.Fluent;
using K124.Sim.Collections;

namespace K124.Sim.Tests.Collections;

public sealed class PagedArrayTests
{
    private static readonly Config Lives = Config.QuickThrowOnFailure.WithMaxTest(60);

    [Theory]
    [InlineData(0)]
    [InlineData(127)]
    [InlineData(640)]
    public void Every_side_is_the_list_of_its_own_history(int filled) => Prop.ForAll(ForkCommand.Lives(400), commands =>
    {
        var sides = new List<Side> { new() };
        sides[0].Grow(filled);
        var now = 0;
        foreach (var command in commands)
        {
            switch (command.Kind)
            {
                case ForkCommandKind.Set:
                    sides[now].Set(command.First, command.Second);
                    break;
                case ForkCommandKind.Fork when sides.Count < 8:
                    sides.Add(sides[now].Fork());
                    break;
                case ForkCommandKind.Remove when command.First % 4 == 0:
                    sides[now].Grow(command.Second % 200);
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
            var parent = new Side();
            parent.Grow(900);
            Side[] sides = [parent.Fork(), parent.Fork(), parent];
            Parallel.For(0, sides.Length, side =>
            {
                var random = SeededRandom.Stream((ulong)round, $"{side}");
                for (var i = 0; i < 2_000; i++)
                {
                    var index = (int)random.Next(2_000);
                    sides[side].Compare(index);
                    sides[side].Set(index, (i * sides.Length) + side);
                    sides[side].Grow(i % 50 == 0 ? 20 : 0);
                }

                sides[side].CompareAll();
            });
        }
    }

    /// <summary>An array beside the list that it has to be like.</summary>
    private sealed class Side
    {
        private readonly Ownership _ownership = new();
        private readonly PagedArray<int> _array;
        private readonly List<int> _model;

        public Side()
        {
            _array = new(_ownership);
            _model = [];
        }

        private Side(Side other)
        {
            _array = other._array.Fork(_ownership);
            _model = [.. other._model];
            other._ownership.Renounce();
        }

        public Side Fork() => new(this);

        public void Grow(int items)
        {
            _model.AddRange(Enumerable.Repeat(0, items));
            _array.EnsureCapacity(_model.Count);
        }

        public void Set(int number, int value)
        {
            if (_model.Count > 0)
            {
                _model[number % _model.Count] = value;
                _array.Own(number % _model.Count) = value;
            }
        }

        public void Compare(int number)
        {
            if (_model.Count > 0)
            {
                Assert.Equal(_model[number % _model.Count], _array[number % _model.Count]);
            }
        }

        public void CompareAll()
        {
            for (var i = 0; i < _model.Count; i++)
            {
                Compare(i);
            }
        }
    }
}
