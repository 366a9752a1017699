namespace K124.Sim.Planning.Bounds;

/// <summary>Bins that are filled, and what is left over.</summary>
/// <param name="Used">How many of each bin are used.</param>
/// <param name="Left">How many pods of each shape are packed nowhere.</param>
/// <param name="Cost">What the bins cost.</param>
internal sealed record Packing(int[] Used, int[] Left, long Cost)
{
    public bool IsComplete => Left.All(static count => count == 0);
}

/// <summary>Packs pods as well as it can: from the fillings of the configuration LP, rounded down, and for the rest the best filling of what is left, one by one.</summary>
internal sealed class Packer
{
    private const long StepsForOne = 5_000;

    private readonly PackingProblem _problem;
    private readonly int[] _left;
    private readonly int[] _used;

    private Packer(PackingProblem problem)
    {
        _problem = problem;
        _left = problem.Counts;
        _used = new int[problem.Bins.Length];
    }

    /// <summary>The best of several packings.</summary>
    public static Packing Best(PackingProblem problem, ConfigurationSolution solution, CancellationToken cancellationToken)
    {
        Packing? best = null;
        foreach (var packing in Candidates(problem, solution, cancellationToken))
        {
            if (best is null || (packing.Left.Sum(), packing.Cost).CompareTo((best.Left.Sum(), best.Cost)) < 0)
            {
                best = packing;
            }
        }

        return best!;
    }

    private static IEnumerable<Packing> Candidates(PackingProblem problem, ConfigurationSolution solution, CancellationToken cancellationToken)
    {
        yield return new Packer(problem).FirstFitDecreasing();
        yield return new Packer(problem).Filled(solution.Worths, cancellationToken);

        var rounded = new Packer(problem);
        rounded.Apply(solution.Configurations.Where(item => problem.Bins[item.Bin].Cost > 0), static amount => (int)(amount + 1e-6));
        yield return rounded.Filled(solution.Worths, cancellationToken);

        var half = new Packer(problem);
        half.Apply(solution.Configurations.Where(item => problem.Bins[item.Bin].Cost > 0), static amount => (int)(amount / 2));
        yield return half.Filled(solution.Worths, cancellationToken);
    }

    private Packing Result() => new(_used, _left, _used.Select((count, bin) => count * _problem.Bins[bin].Cost).Sum());

    private bool IsUsedUp(int bin) => _used[bin] >= _problem.Bins[bin].Limit;

    private void Apply(IEnumerable<Configuration> configurations, Func<double, int> rounding)
    {
        foreach (var (bin, pattern, amount) in configurations)
        {
            for (var times = rounding(amount); times > 0 && !IsUsedUp(bin); times--)
            {
                Use(bin, pattern);
            }
        }
    }

    private void Use(int bin, int[] pattern)
    {
        _used[bin]++;
        for (var shape = 0; shape < pattern.Length; shape++)
        {
            _left[shape] -= Math.Min(_left[shape], pattern[shape]);
        }
    }

    /// <summary>Fills what costs nothing, then bin after bin with what is worth most for its cost, each filling as often as there are pods for it.</summary>
    private Packing Filled(double[] worths, CancellationToken cancellationToken)
    {
        long[] whole = [.. worths.Select(static worth => Math.Max(1, (long)worth))];
        FillFree(whole, cancellationToken);
        while (_left.Any(static count => count > 0))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var searches = _problem.Searches(whole, _left);
            var (best, bestValue, bestPattern) = (-1, 0.0, Array.Empty<int>());
            for (var bin = 0; bin < _problem.Bins.Length; bin++)
            {
                if (_problem.Bins[bin].Cost == 0 || IsUsedUp(bin) || BestOf(searches, bin, cancellationToken) is not { Pattern: { } pattern, Worth: var worth })
                {
                    continue;
                }

                var value = (double)worth / _problem.Bins[bin].Cost;
                if (value > bestValue)
                {
                    (best, bestValue, bestPattern) = (bin, value, pattern);
                }
            }

            if (best < 0)
            {
                break;
            }

            do
            {
                Use(best, bestPattern);
            }
            while (!IsUsedUp(best) && IsLeft(bestPattern));
        }

        return Result();
    }

    private void FillFree(long[] worths, CancellationToken cancellationToken)
    {
        var searches = _problem.Searches(worths, _left);
        for (var bin = 0; bin < _problem.Bins.Length; bin++)
        {
            while (_problem.Bins[bin].Cost == 0 && !IsUsedUp(bin))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (BestOf(searches, bin, cancellationToken).Pattern is not { } pattern)
                {
                    break;
                }

                if (IsLeft(pattern))
                {
                    Use(bin, pattern);
                }
                else
                {
                    searches = _problem.Searches(worths, _left);
                }
            }
        }
    }

    private FoundPattern BestOf(PatternSearch?[] searches, int bin, CancellationToken cancellationToken) =>
        searches[_problem.Bins[bin].Accepts]!.Find(_problem.Bins[bin].Capacity, 0, StepsForOne, cancellationToken);

    private bool IsLeft(int[] pattern)
    {
        for (var shape = 0; shape < pattern.Length; shape++)
        {
            if (pattern[shape] > _left[shape])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Largest pods first, each into the first bin with room; a new one is of the kind that costs least for what it has.</summary>
    private Packing FirstFitDecreasing()
    {
        var largest = Enumerable.Range(0, _problem.Resources.Length).Select(r => Math.Max(1, _problem.Bins.Select(bin => bin.Capacity[r]).DefaultIfEmpty().Max())).ToArray();
        var open = new List<(int Bin, long[] Room)>();
        for (var bin = 0; bin < _problem.Bins.Length; bin++)
        {
            for (var i = 0; i < (_problem.Bins[bin].Cost == 0 ? _problem.Bins[bin].Limit ?? 0 : 0); i++)
            {
                _used[bin]++;
                open.Add((bin, [.. _problem.Bins[bin].Capacity]));
            }
        }

        foreach (var shape in Enumerable.Range(0, _left.Length).OrderByDescending(shape => _problem.Shapes[shape].Requests.Select((amount, r) => (double)amount / largest[r]).DefaultIfEmpty().Max()))
        {
            var from = 0;
            while (_left[shape] > 0)
            {
                for (; from < open.Count && !Fits(shape, open[from].Bin, open[from].Room); from++)
                {
                }

                if (from == open.Count)
                {
                    if (Cheapest(shape) is not (>= 0 and var bin))
                    {
                        break;
                    }

                    _used[bin]++;
                    open.Add((bin, [.. _problem.Bins[bin].Capacity]));
                }

                _left[shape]--;
                for (var r = 0; r < largest.Length; r++)
                {
                    open[from].Room[r] -= _problem.Shapes[shape].Requests[r];
                }
            }
        }

        return Result();
    }

    private int Cheapest(int shape)
    {
        var (best, least) = (-1, double.MaxValue);
        for (var bin = 0; bin < _problem.Bins.Length; bin++)
        {
            if (!IsUsedUp(bin) && _problem.Takes(_problem.Bins[bin], shape))
            {
                var copies = _problem.Shapes[shape].Requests.Select((amount, r) => amount == 0 ? int.MaxValue : _problem.Bins[bin].Capacity[r] / amount).Min();
                var cost = (double)_problem.Bins[bin].Cost / Math.Min(copies, _left[shape]);
                (best, least) = cost < least ? (bin, cost) : (best, least);
            }
        }

        return best;
    }

    private bool Fits(int shape, int bin, long[] room)
    {
        if (!_problem.Accepts[_problem.Bins[bin].Accepts][shape])
        {
            return false;
        }

        var requests = _problem.Shapes[shape].Requests;
        for (var r = 0; r < requests.Length; r++)
        {
            if (requests[r] > room[r])
            {
                return false;
            }
        }

        return true;
    }
}
