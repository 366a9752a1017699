using System.Text;
using Spectre.Console;

namespace K124.Sim.Cli.Output;

/// <summary>A table without lines between its cells: headings in capitals, columns two apart, no wider than the terminal, no blanks at the ends of lines.</summary>
internal sealed class TableView
{
    private const int Gap = 2;
    private const int LeastText = 8;

    private static readonly Style HeadingStyle = new(decoration: Decoration.Bold);
    private readonly List<(string Heading, bool IsNumber)> _columns = [];
    private readonly List<(Style Style, string[] Cells)> _rows = [];

    public static Style Good { get; } = new(Color.Green);

    public static Style Bad { get; } = new(Color.Red);

    public static Style Open { get; } = new(Color.Yellow);

    public static Style Plain { get; } = Style.Plain;

    /// <summary>Adds a column of text, left-aligned; long text is broken into lines.</summary>
    public TableView Text(string heading) => Add(heading, isNumber: false);

    /// <summary>Adds a column of numbers, right-aligned and never broken.</summary>
    public TableView Number(string heading) => Add(heading, isNumber: true);

    public void Row(params IEnumerable<string> cells) => Row(Plain, cells);

    public void Row(Style style, params IEnumerable<string> cells) => _rows.Add((style, [.. cells]));

    public void WriteTo(Terminal terminal)
    {
        var widths = Widths(terminal.Width);
        WriteRow(terminal, HeadingStyle, [.. _columns.Select(static column => column.Heading)], widths);
        foreach (var (style, cells) in _rows)
        {
            WriteRow(terminal, style, cells, widths);
        }

        terminal.Output.WriteLine();
    }

    private TableView Add(string heading, bool isNumber)
    {
        _columns.Add((heading, isNumber));
        return this;
    }

    /// <summary>As wide as their cells, or narrower where all together would be too wide: first down to their longest words, then further.</summary>
    private int[] Widths(int available)
    {
        var cells = Enumerable.Range(0, _columns.Count).Select(column => _rows.Select(row => row.Cells[column]).ToArray()).ToArray();
        int[] widths = [.. _columns.Select((column, i) => Math.Max(Longest(column.Heading, '\n'), cells[i].Select(static cell => Longest(cell, '\n')).DefaultIfEmpty().Max()))];
        int[] words =
        [
            .. _columns.Select((column, i) => Math.Max(
                Longest(column.Heading, '\n', ' '),
                cells[i].Select(cell => column.IsNumber ? Longest(cell, '\n') : Longest(cell, '\n', ' ')).DefaultIfEmpty().Max())),
        ];
        int[] least = [.. words.Select((word, i) => _columns[i].IsNumber ? word : Math.Min(word, LeastText))];
        var room = available - (Gap * (_columns.Count - 1));
        Shrink(widths, words, room);
        Shrink(widths, least, room);
        return widths;
    }

    /// <summary>Takes from the widest column that can give, until all fit.</summary>
    private static void Shrink(int[] widths, int[] least, int room)
    {
        for (var over = widths.Sum() - room; over > 0; over--)
        {
            var widest = -1;
            for (var i = 0; i < widths.Length; i++)
            {
                widest = widths[i] > least[i] && (widest < 0 || widths[i] > widths[widest]) ? i : widest;
            }

            if (widest < 0)
            {
                return;
            }

            widths[widest]--;
        }
    }

    private void WriteRow(Terminal terminal, Style style, string[] cells, int[] widths)
    {
        var lines = cells.Select((cell, i) => Wrap(cell, widths[i])).ToArray();
        for (var number = 0; number < lines.Max(static cell => cell.Count); number++)
        {
            var line = new StringBuilder();
            for (var i = 0; i < lines.Length; i++)
            {
                var text = number < lines[i].Count ? lines[i][number] : "";
                line.Append(_columns[i].IsNumber ? text.PadLeft(widths[i]) : text.PadRight(widths[i])).Append(' ', Gap);
            }

            terminal.WriteLine(line.ToString().TrimEnd(), style);
        }
    }

    private static int Longest(string text, params ReadOnlySpan<char> separators) => text.Split(separators.ToArray()).Max(static part => part.Length);

    /// <summary>Breaks a text between words; a word that is wider than the column is broken, too.</summary>
    private static List<string> Wrap(string text, int width)
    {
        var lines = new List<string>();
        foreach (var paragraph in text.Split('\n'))
        {
            var line = "";
            foreach (var word in paragraph.Split(' '))
            {
                var rest = word;
                if (line.Length > 0 && line.Length + 1 + rest.Length <= width)
                {
                    line += " " + rest;
                    continue;
                }

                if (line.Length > 0)
                {
                    lines.Add(line);
                }

                for (; rest.Length > width; rest = rest[width..])
                {
                    lines.Add(rest[..width]);
                }

                line = rest;
            }

            lines.Add(line);
        }

        return lines;
    }
}
