namespace K124.Sim.Planning.Bounds;

/// <summary>A linear program: the cheapest mix of columns of which the first rows reach at least a demand, and the others do not exceed a limit.</summary>
/// <remarks>Primal simplex with an explicit inverse, over columns that are added as they are found. What it answers is used as advice only: bounds are
/// proven, and packings counted, in whole numbers.</remarks>
internal sealed class CoverProgram
{
    private const double Epsilon = 1e-9;
    private const double PivotEpsilon = 1e-7;
    private const int PivotsBetweenRefreshes = 64;
    private const double Perturbation = 1e-7;

    private readonly int _rows;
    private readonly int _demands;
    private readonly double[] _rhs;
    private readonly List<Column> _columns = [];
    private readonly int[] _basis;
    private readonly double[] _inverse;
    private readonly double[] _values;
    private readonly double[] _duals;
    private readonly double[] _direction;
    private int _pivots;

    /// <summary>Makes a program of which no column is known yet.</summary>
    /// <param name="demands">The demands.</param>
    /// <param name="limits">The limits.</param>
    /// <param name="penalty">What a unit of demand costs that no column covers.</param>
    public CoverProgram(IReadOnlyList<double> demands, IReadOnlyList<double> limits, double penalty)
    {
        (_demands, _rows) = (demands.Count, demands.Count + limits.Count);

        // A little more of everything, everywhere another little: ties would make the simplex go in circles.
        _rhs = [.. demands.Concat(limits).Select(static (amount, row) => amount + (Perturbation * (1 + (row * 0.618 % 1)) * Math.Max(1, amount)))];
        _basis = new int[_rows];
        _inverse = new double[_rows * _rows];
        _values = [.. _rhs];
        _duals = new double[_rows];
        _direction = new double[_rows];
        for (var row = 0; row < _rows; row++)
        {
            _inverse[(row * _rows) + row] = 1;
            _basis[row] = row;
            _columns.Add(new(row < _demands ? penalty : 0, [row], [1]));
        }

        for (var row = 0; row < _demands; row++)
        {
            _columns.Add(new(0, [row], [-1]));
        }

        FirstOwn = _columns.Count;
    }

    /// <summary>Index of the first column that was added.</summary>
    public int FirstOwn { get; }

    public int ColumnCount => _columns.Count;

    public double Objective { get; private set; }

    /// <summary>What a unit more of each row would cost; at most 0 for limits.</summary>
    public ReadOnlySpan<double> Duals => _duals;

    public void Add(double cost, int[] rows, double[] amounts) => _columns.Add(new(cost, rows, amounts));

    /// <summary>How much of each column is used.</summary>
    public double[] Solution()
    {
        var solution = new double[_columns.Count];
        for (var row = 0; row < _rows; row++)
        {
            solution[_basis[row]] = Math.Max(0, _values[row]);
        }

        return solution;
    }

    /// <summary>Goes on until no known column makes it cheaper.</summary>
    public void Optimize(CancellationToken cancellationToken)
    {
        for (var left = 50 * (_rows + 10); left > 0; left--)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Price();
            if (Entering() is not (>= 0 and var column) || !Pivot(column))
            {
                break;
            }
        }

        Price();
        Objective = 0;
        for (var row = 0; row < _rows; row++)
        {
            Objective += _columns[_basis[row]].Cost * _values[row];
        }
    }

    private void Price()
    {
        Array.Clear(_duals);
        for (var row = 0; row < _rows; row++)
        {
            var cost = _columns[_basis[row]].Cost;
            if (cost != 0)
            {
                for (var i = 0; i < _rows; i++)
                {
                    _duals[i] += cost * _inverse[(row * _rows) + i];
                }
            }
        }
    }

    private int Entering()
    {
        var (best, least) = (-1, -1e-7);
        for (var i = 0; i < _columns.Count; i++)
        {
            var column = _columns[i];
            var reduced = column.Cost;
            for (var k = 0; k < column.Rows.Length; k++)
            {
                reduced -= column.Amounts[k] * _duals[column.Rows[k]];
            }

            // Measured against what the column costs, so that dear ones are not always first.
            reduced /= 1 + Math.Abs(column.Cost);
            if (reduced < least)
            {
                (best, least) = (i, reduced);
            }
        }

        return best;
    }

    private bool Pivot(int entering)
    {
        var column = _columns[entering];
        for (var row = 0; row < _rows; row++)
        {
            double sum = 0;
            for (var k = 0; k < column.Rows.Length; k++)
            {
                sum += _inverse[(row * _rows) + column.Rows[k]] * column.Amounts[k];
            }

            _direction[row] = sum;
        }

        var (leaving, ratio) = (-1, double.MaxValue);
        for (var row = 0; row < _rows; row++)
        {
            if (_direction[row] > PivotEpsilon)
            {
                var candidate = Math.Max(0, _values[row]) / _direction[row];
                if (candidate < ratio - Epsilon || (candidate < ratio + Epsilon && _direction[row] > _direction[leaving]))
                {
                    (leaving, ratio) = (row, candidate);
                }
            }
        }

        if (leaving < 0)
        {
            return false;
        }

        var pivot = _direction[leaving];
        for (var i = 0; i < _rows; i++)
        {
            _inverse[(leaving * _rows) + i] /= pivot;
        }

        for (var row = 0; row < _rows; row++)
        {
            var factor = _direction[row];
            if (row == leaving || factor == 0)
            {
                continue;
            }

            _values[row] -= factor * ratio;
            var (to, from) = (row * _rows, leaving * _rows);
            for (var i = 0; i < _rows; i++)
            {
                _inverse[to + i] -= factor * _inverse[from + i];
            }
        }

        _values[leaving] = ratio;
        _basis[leaving] = entering;
        if (++_pivots % PivotsBetweenRefreshes == 0)
        {
            Refresh();
        }

        return true;
    }

    /// <summary>Works the values out anew, so that rounding does not add up.</summary>
    private void Refresh()
    {
        for (var row = 0; row < _rows; row++)
        {
            double value = 0;
            for (var i = 0; i < _rows; i++)
            {
                value += _inverse[(row * _rows) + i] * _rhs[i];
            }

            _values[row] = value;
        }
    }

    private sealed record Column(double Cost, int[] Rows, double[] Amounts);
}
