using System.Globalization;
using System.Text;
using K124.Sim.Text;

namespace K124.Sim.Batch.Jobs.Syncing;

/// <summary>The completed indexes of a Job as runs, with the exact reading, joining and writing of the controller.</summary>
/// <remarks>A text that the controller wrote gives ascending runs with gaps between them. A text edited by hand may not; it is kept
/// as it reads, since the controller neither sorts nor checks it.</remarks>
internal sealed class CompletedIndexes
{
    private readonly IndexRun[] _runs;
    private readonly bool _ordered;
    private string? _text;

    private CompletedIndexes(IndexRun[] runs)
    {
        _runs = runs;
        _ordered = true;
        var previousLast = -2L;
        foreach (var run in runs)
        {
            Total += run.Length;
            _ordered &= run.First > previousLast + 1 && run.Last >= run.First;
            previousLast = run.Last;
        }
    }

    public static CompletedIndexes None { get; } = new([]);

    public ReadOnlySpan<IndexRun> Runs => _runs;

    /// <summary>Number of indexes; below the true one, or negative, only for texts edited by hand.</summary>
    public long Total { get; }

    public static CompletedIndexes Of(ReadOnlySpan<IndexRun> runs) => runs.IsEmpty ? None : new(runs.ToArray());

    public static CompletedIndexes Parse(string text, int completions)
    {
        if (text.Length == 0)
        {
            return None;
        }

        var runs = new List<IndexRun>();
        var rest = text.AsSpan();
        for (var more = true; more;)
        {
            var comma = rest.IndexOf(',');
            more = comma >= 0;
            var part = more ? rest[..comma] : rest;
            rest = rest[(comma + 1)..];
            if (TryReadRun(part, completions, out var run, out var beyondEnd))
            {
                Append(runs, run);
            }
            else if (beyondEnd)
            {
                break;
            }
        }

        return new([.. runs]);
    }

    /// <summary>Whether the index is in a run, found by bisection: in runs out of order a member may be missed, as by the controller.</summary>
    public bool Contains(int index)
    {
        var run = FirstEndingAtOrAfter(index);
        return run < _runs.Length && _runs[run].First <= index;
    }

    /// <summary>The place of the first run that ends at the index or after it.</summary>
    public int FirstEndingAtOrAfter(int index) => IndexRun.FirstEndingAtOrAfter(_runs, index);

    /// <summary>Joins these runs with further indexes.</summary>
    /// <param name="ascending">The indexes; an index may come twice.</param>
    public CompletedIndexes With(ReadOnlySpan<int> ascending) => With(ascending, new(_runs.Length + 1));

    /// <summary>Joins these runs with further indexes.</summary>
    /// <param name="ascending">The indexes; an index may come twice.</param>
    /// <param name="joined">Room to work in; what it held is lost.</param>
    public CompletedIndexes With(ReadOnlySpan<int> ascending, List<IndexRun> joined)
    {
        if (ascending.IsEmpty && _ordered)
        {
            return this;
        }

        joined.Clear();
        int run = 0, next = 0;
        while (run < _runs.Length || next < ascending.Length)
        {
            if (next >= ascending.Length || (run < _runs.Length && _runs[run].First < ascending[next]))
            {
                Join(joined, _runs[run++]);
            }
            else
            {
                Join(joined, new(ascending[next], ascending[next]));
                next++;
            }
        }

        return new([.. joined]);
    }

    public override string ToString()
    {
        if (_text is not null || _runs.Length == 0)
        {
            return _text ?? "";
        }

        var text = new StringBuilder();
        foreach (var run in _runs)
        {
            if (text.Length > 0)
            {
                text.Append(',');
            }

            text.Append(CultureInfo.InvariantCulture, $"{run.First}");
            if (run.Last > run.First)
            {
                text.Append(run.Last == run.First + 1 ? ',' : '-').Append(CultureInfo.InvariantCulture, $"{run.Last}");
            }
        }

        return _text = text.ToString();
    }

    private static bool TryReadRun(ReadOnlySpan<char> part, int completions, out IndexRun run, out bool beyondEnd)
    {
        run = default;
        beyondEnd = false;
        var dash = part.IndexOf('-');
        if (!GoInteger.TryParse(dash < 0 ? part : part[..dash], out var first))
        {
            return false;
        }

        if (first >= completions)
        {
            beyondEnd = true;
            return false;
        }

        var last = first;
        if (dash >= 0)
        {
            var tail = part[(dash + 1)..];
            var end = tail.IndexOf('-');
            if (!GoInteger.TryParse(end < 0 ? tail : tail[..end], out last))
            {
                return false;
            }

            last = Math.Min(last, completions - 1);
        }

        run = new((int)first, (int)last);
        return true;
    }

    private static void Append(List<IndexRun> runs, IndexRun run)
    {
        if (runs.Count > 0 && runs[^1].Last == run.First - 1)
        {
            runs[^1] = runs[^1] with { Last = run.Last };
        }
        else
        {
            runs.Add(run);
        }
    }

    private static void Join(List<IndexRun> runs, IndexRun run)
    {
        if (runs.Count == 0 || run.First > (long)runs[^1].Last + 1)
        {
            runs.Add(run);
        }
        else if (runs[^1].Last < run.Last)
        {
            runs[^1] = runs[^1] with { Last = run.Last };
        }
    }
}
