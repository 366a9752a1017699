namespace K124.Sim.Planning.Bounds;

/// <summary>A way to fill a bin, and how many bins the program fills so.</summary>
/// <param name="Bin">The bin.</param>
/// <param name="Pattern">Numbers of shapes.</param>
/// <param name="Amount">How many; not a whole number.</param>
internal sealed record Configuration(int Bin, int[] Pattern, double Amount);

/// <summary>What the configuration LP answers.</summary>
/// <param name="Worths">What each shape is worth: the dual prices.</param>
/// <param name="Configurations">The fillings that are used.</param>
/// <param name="Rounds">Rounds of column generation.</param>
internal sealed record ConfigurationSolution(double[] Worths, Configuration[] Configurations, int Rounds);

/// <summary>The configuration LP: as much of each way to fill a bin as covers all pods at the least cost. Ways are found as they are needed.</summary>
/// <remarks>Column generation after Gilmore and Gomory: what the linear program finds pods to be worth tells which filling would help most.</remarks>
internal sealed class ConfigurationProgram
{
    private const int MostRounds = 3000;
    private const long QuickSteps = 3_000;
    private const long ThoroughSteps = 300_000;
    private const double Tolerance = 1e-5;
    private const double PenaltyFactor = 4;
    private const int PatienceRounds = 40;
    private const double StallShare = 5e-5;

    private readonly PackingProblem _problem;
    private readonly CoverProgram _program;
    private readonly List<(int Bin, int[] Pattern)> _patterns = [];
    private readonly int[] _limitRow;

    private ConfigurationProgram(PackingProblem problem)
    {
        _problem = problem;
        _limitRow = new int[problem.Bins.Length];
        var limits = new List<double>();
        for (var i = 0; i < problem.Bins.Length; i++)
        {
            _limitRow[i] = problem.Bins[i].Limit is null ? -1 : problem.Shapes.Length + limits.Count;
            if (problem.Bins[i].Limit is { } limit)
            {
                limits.Add(limit);
            }
        }

        _program = new([.. problem.Shapes.Select(static shape => (double)shape.Count)], limits, PenaltyFactor * problem.Bins.Select(static bin => bin.Cost).DefaultIfEmpty().Max());
    }

    /// <summary>Solves it.</summary>
    public static ConfigurationSolution Solve(PackingProblem problem, CancellationToken cancellationToken) => new ConfigurationProgram(problem).Run(cancellationToken);

    private ConfigurationSolution Run(CancellationToken cancellationToken)
    {
        AddUniform();
        var (rounds, stalled, reference) = (0, 0, double.MaxValue);
        for (; rounds < MostRounds; rounds++)
        {
            _program.Optimize(cancellationToken);
            (stalled, reference) = _program.Objective < reference * (1 - StallShare) ? (0, _program.Objective) : (stalled + 1, reference);
            if (stalled > PatienceRounds || (!AddBest(QuickSteps, cancellationToken) && !AddBest(ThoroughSteps, cancellationToken)))
            {
                break;
            }
        }

        var solution = _program.Solution();
        var used = new List<Configuration>();
        for (var i = 0; i < _patterns.Count; i++)
        {
            if (solution[_program.FirstOwn + i] > Tolerance)
            {
                used.Add(new(_patterns[i].Bin, _patterns[i].Pattern, solution[_program.FirstOwn + i]));
            }
        }

        return new(Worths(), [.. used], rounds);
    }

    private double[] Worths() => [.. _program.Duals[.._problem.Shapes.Length].ToArray().Select(static dual => Math.Max(0, dual))];

    /// <summary>Bins full of one shape, to begin with.</summary>
    private void AddUniform()
    {
        for (var shape = 0; shape < _problem.Shapes.Length; shape++)
        {
            for (var bin = 0; bin < _problem.Bins.Length; bin++)
            {
                if (_problem.Bins[bin].Limit is null && _problem.Takes(_problem.Bins[bin], shape))
                {
                    var pattern = new int[_problem.Shapes.Length];
                    pattern[shape] = Copies(bin, shape);
                    Add(bin, pattern);
                }
            }
        }
    }

    private int Copies(int bin, int shape)
    {
        long copies = _problem.Shapes[shape].Count;
        for (var r = 0; r < _problem.Resources.Length; r++)
        {
            if (_problem.Shapes[shape].Requests[r] > 0)
            {
                copies = Math.Min(copies, _problem.Bins[bin].Capacity[r] / _problem.Shapes[shape].Requests[r]);
            }
        }

        return (int)copies;
    }

    private bool AddBest(long steps, CancellationToken cancellationToken)
    {
        var duals = _program.Duals;
        var worths = new long[_problem.Shapes.Length];
        for (var i = 0; i < worths.Length; i++)
        {
            worths[i] = (long)Math.Max(0, duals[i]);
        }

        var searches = _problem.Searches(worths, _problem.Counts);
        var hasAdded = false;
        for (var bin = 0; bin < _problem.Bins.Length; bin++)
        {
            var (cost, row) = (_problem.Bins[bin].Cost, _limitRow[bin]);
            var threshold = cost - (row < 0 ? 0 : duals[row]);
            var margin = Math.Max(1, Tolerance * PackingProblem.Scale) + (Tolerance * threshold);
            if (searches[_problem.Bins[bin].Accepts]!.Find(_problem.Bins[bin].Capacity, (long)(threshold + margin), steps, cancellationToken).Pattern is { } pattern)
            {
                Add(bin, pattern);
                hasAdded = true;
            }
        }

        return hasAdded;
    }

    private void Add(int bin, int[] pattern)
    {
        int[] shapes = [.. Enumerable.Range(0, pattern.Length).Where(shape => pattern[shape] > 0)];
        IEnumerable<int> limit = _limitRow[bin] < 0 ? [] : [_limitRow[bin]];
        _patterns.Add((bin, pattern));
        _program.Add(_problem.Bins[bin].Cost, [.. shapes, .. limit], [.. shapes.Select(shape => (double)pattern[shape]), .. limit.Select(static _ => 1.0)]);
    }
}
