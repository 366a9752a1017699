namespace K124.Sim.Planning.Bounds;

/// <summary>A shape that may be packed.</summary>
/// <param name="Worth">What one is worth; shapes worth nothing are left out.</param>
/// <param name="Requests">What one asks for, resource by resource.</param>
/// <param name="Most">How many there are.</param>
internal readonly record struct PatternItem(long Worth, long[] Requests, int Most);

/// <summary>What a search found.</summary>
/// <param name="Worth">The worth of the best packing that is worth more than was asked for; what was asked for if there is none.</param>
/// <param name="Pattern">The packing, as numbers of shapes; null if there is none.</param>
/// <param name="IsExhaustive">Whether no better one exists.</param>
/// <param name="UpperBound">What no packing is worth more than.</param>
internal readonly record struct FoundPattern(long Worth, int[]? Pattern, bool IsExhaustive, long UpperBound);

/// <summary>Finds the packing of a bin that is worth most: a bounded knapsack with several resources, in whole numbers, exactly.</summary>
/// <remarks>Goes through the shapes from the one that is worth most for its size, most copies first. A branch ends where what it has, and what each resource alone would
/// still allow (from tables, with requests rounded down to the steps of the table), is not more than is known already.</remarks>
internal sealed class PatternSearch
{
    private const int Cells = 1024;
    private const int MostCells = 4096;
    private const int ShareBits = 24;
    private const double LeastWeight = 1e-6;
    private const int StepsBetweenChecks = 1 << 16;

    private readonly int _itemCount;
    private readonly int[] _order;
    private readonly long[] _worths;
    private readonly int[] _most;
    private readonly long[][] _requests;
    private readonly long[] _largest;
    private readonly Table[] _tables;

    private int[] _counts = [];
    private int[]? _best;
    private long _bestWorth;
    private long _steps;
    private long _mostSteps;
    private long[] _left = [];
    private CancellationToken _cancellationToken;

    /// <summary>Prepares searches.</summary>
    /// <param name="items">The shapes.</param>
    /// <param name="largest">Amounts that no bin exceeds.</param>
    public PatternSearch(IReadOnlyList<PatternItem> items, long[] largest)
    {
        _itemCount = items.Count;
        _largest = largest;
        var weights = Weights(items);
        var sizes = items.Select(item => Size(item.Requests, weights)).ToArray();
        _order = [.. Enumerable.Range(0, items.Count)
            .Where(i => items[i].Worth > 0 && items[i].Most > 0 && Copies(items[i].Requests, largest, items[i].Most) > 0)
            .OrderByDescending(i => items[i].Worth / sizes[i]).ThenBy(static i => i)];
        _worths = [.. _order.Select(i => items[i].Worth)];
        _requests = [.. _order.Select(i => items[i].Requests)];
        _most = [.. _order.Select(i => (int)Copies(items[i].Requests, largest, items[i].Most))];
        _tables = [.. Enumerable.Range(0, largest.Length).Where(r => _requests.Any(request => request[r] > 0)).Select(OneResource), .. _order.Length == 0 ? [] : new[] { Weighted(weights) }];
    }

    /// <summary>Looks for a packing that is worth more than some amount.</summary>
    /// <param name="capacity">What the bin has; nowhere more than what the search was prepared for.</param>
    /// <param name="moreThan">The amount.</param>
    /// <param name="mostSteps">Steps after which the search stops.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    public FoundPattern Find(long[] capacity, long moreThan, long mostSteps, CancellationToken cancellationToken = default)
    {
        (_bestWorth, _best, _steps, _mostSteps, _cancellationToken) = (moreThan, null, 0, mostSteps, cancellationToken);
        _left = [.. capacity];
        _counts = new int[_order.Length];
        var ceiling = Ceiling(0);
        if (ceiling > moreThan)
        {
            Branch(0, 0);
        }

        var isExhaustive = _steps <= _mostSteps;
        return new(_bestWorth, _best, isExhaustive, isExhaustive ? Math.Max(_bestWorth, 0) : Math.Max(ceiling, _bestWorth));
    }

    private static long Copies(long[] requests, long[] room, long most)
    {
        for (var r = 0; r < requests.Length && most > 0; r++)
        {
            if (requests[r] > 0)
            {
                most = Math.Min(most, room[r] / requests[r]);
            }
        }

        return most;
    }

    private double Size(long[] requests, double[] weights)
    {
        var size = 1e-9;
        for (var r = 0; r < requests.Length; r++)
        {
            size += _largest[r] > 0 ? (weights[r] + LeastWeight) * requests[r] / _largest[r] : 0;
        }

        return size;
    }

    /// <summary>What each resource counts for: the prices at which no shape, cut into pieces, is worth more than it asks for. Any others would be true, too; these tell most.</summary>
    private double[] Weights(IReadOnlyList<PatternItem> items)
    {
        var resources = _largest.Length;
        var most = items.Select(static item => item.Worth).DefaultIfEmpty().Max();
        var program = new CoverProgram([], [.. Enumerable.Repeat(1.0, resources)], 0);
        foreach (var item in items.Where(item => item.Worth > 0 && item.Most > 0 && Copies(item.Requests, _largest, 1) > 0))
        {
            int[] asked = [.. Enumerable.Range(0, resources).Where(r => item.Requests[r] > 0)];
            program.Add(-(double)item.Worth / most, asked, [.. asked.Select(r => (double)item.Requests[r] / _largest[r])]);
        }

        program.Optimize(CancellationToken.None);
        return [.. Enumerable.Range(0, resources).Select(r => Math.Max(0, -program.Duals[r]))];
    }

    private void Branch(int item, long worth)
    {
        if (worth > _bestWorth)
        {
            Keep(worth);
        }

        for (; item < _order.Length; item++)
        {
            if (++_steps > _mostSteps)
            {
                return;
            }

            if (_steps % StepsBetweenChecks == 0)
            {
                _cancellationToken.ThrowIfCancellationRequested();
            }

            if (worth + Ceiling(item) <= _bestWorth)
            {
                return;
            }

            var requests = _requests[item];
            var copies = (int)Copies(requests, _left, _most[item]);
            if (copies == 0)
            {
                continue;
            }

            Take(requests, copies);
            for (var taken = copies; taken > 0; taken--)
            {
                _counts[item] = taken;
                Branch(item + 1, worth + (taken * _worths[item]));
                Take(requests, -1);
            }

            _counts[item] = 0;
        }
    }

    private void Take(long[] requests, int copies)
    {
        for (var r = 0; r < requests.Length; r++)
        {
            _left[r] -= copies * requests[r];
        }
    }

    private void Keep(long worth)
    {
        _bestWorth = worth;
        _best = new int[_itemCount];
        for (var i = 0; i < _order.Length; i++)
        {
            _best[_order[i]] = _counts[i];
        }
    }

    /// <summary>What the shapes from one on can still be worth at most.</summary>
    private long Ceiling(int item)
    {
        var least = long.MaxValue;
        foreach (var table in _tables)
        {
            least = Math.Min(least, table.Worth(item, _left));
        }

        return least == long.MaxValue ? 0 : least;
    }

    private Table OneResource(int resource)
    {
        var divisor = _requests.Aggregate(0L, (divisor, request) => Gcd(divisor, request[resource]));
        var step = _largest[resource] / divisor <= MostCells ? divisor : Math.Max(1, (_largest[resource] + Cells - 1) / Cells);
        return new(this, request => request[resource] / step, left => left[resource] / step, (int)(_largest[resource] / step));
    }

    /// <summary>A table for the sum of what resources count for: what they allow together.</summary>
    private Table Weighted(double[] weights)
    {
        var sum = Math.Max(weights.Sum(), LeastWeight);
        long[] parts = [.. weights.Select(weight => (long)(weight / sum * (1L << ShareBits)))];
        var all = parts.Sum();
        var step = Math.Max(1, all / MostCells);
        return new(this, request => Shares(request, isRoom: false) / step, left => Shares(left, isRoom: true) / step, (int)((all + parts.Length) / step));

        long Shares(long[] amounts, bool isRoom)
        {
            long total = 0;
            for (var r = 0; r < parts.Length; r++)
            {
                if (parts[r] > 0 && _largest[r] > 0)
                {
                    // Requests are rounded down and room is rounded up: what fits still does.
                    total += (long)((((Int128)amounts[r] * parts[r]) + (isRoom ? _largest[r] - 1 : 0)) / _largest[r]);
                }
            }

            return total;
        }
    }

    private static long Gcd(long left, long right)
    {
        while (right != 0)
        {
            (left, right) = (right, left % right);
        }

        return Math.Max(left, 1);
    }

    /// <summary>What the shapes from each one on can be worth at most within some room, if one amount alone counts.</summary>
    private sealed class Table
    {
        private readonly Func<long[], long> _roomOf;
        private readonly int _width;
        private readonly long[] _values;

        public Table(PatternSearch search, Func<long[], long> sizeOf, Func<long[], long> roomOf, int cells)
        {
            (_roomOf, _width) = (roomOf, cells + 1);
            var items = search._order.Length;
            _values = new long[(items + 1) * _width];
            for (var item = items - 1; item >= 0; item--)
            {
                Fill(
                    _values.AsSpan(item * _width, _width),
                    _values.AsSpan((item + 1) * _width, _width),
                    (int)Math.Min(sizeOf(search._requests[item]), _width),
                    search._worths[item],
                    search._most[item]);
            }
        }

        public long Worth(int item, long[] left) => _values[(item * _width) + (int)Math.Min(_roomOf(left), _width - 1)];

        private static void Fill(Span<long> values, ReadOnlySpan<long> later, int size, long worth, int most)
        {
            for (var room = 0; room < values.Length; room++)
            {
                values[room] = later[room];
                if (size == 0)
                {
                    values[room] += most * worth;
                }
                else if (most <= FewCopies)
                {
                    for (var copies = 1; copies <= most && copies * size <= room; copies++)
                    {
                        values[room] = Math.Max(values[room], (copies * worth) + later[room - (copies * size)]);
                    }
                }
                else if (room >= size)
                {
                    // As if there were any number of them: still true, and quicker.
                    values[room] = Math.Max(values[room], worth + values[room - size]);
                }
            }
        }

        private const int FewCopies = 3;
    }
}
