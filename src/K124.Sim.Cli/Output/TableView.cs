using Spectre.Console;
using Spectre.Console.Rendering;

namespace K124.Sim.Cli.Output;

/// <summary>A table without lines between its cells: headings in capitals, columns two apart.</summary>
internal sealed class TableView
{
    private static readonly Style HeadingStyle = new(decoration: Decoration.Bold);
    private readonly Table _table = new() { Border = TableBorder.None };

    public static Style Good { get; } = new(Color.Green);

    public static Style Bad { get; } = new(Color.Red);

    public static Style Open { get; } = new(Color.Yellow);

    public static Style Plain { get; } = Style.Plain;

    /// <summary>Adds a column of text, left-aligned; long text is broken into lines.</summary>
    public TableView Text(string heading) => Add(heading, Justify.Left, noWrap: false);

    /// <summary>Adds a column of numbers, right-aligned and never broken.</summary>
    public TableView Number(string heading) => Add(heading, Justify.Right, noWrap: true);

    public void Row(params IEnumerable<string> cells) => _table.AddRow(cells.Select(static cell => new Spectre.Console.Text(cell)));

    public void Row(Style style, params IEnumerable<string> cells) => _table.AddRow(cells.Select(cell => new Spectre.Console.Text(cell, style)));

    public void WriteTo(Terminal terminal)
    {
        terminal.Console.Write(_table);
        terminal.Output.WriteLine();
    }

    private TableView Add(string heading, Justify alignment, bool noWrap)
    {
        IRenderable header = new Spectre.Console.Text(heading, HeadingStyle);
        _table.AddColumn(new TableColumn(header) { Alignment = alignment, NoWrap = noWrap, Padding = new Padding(0, 0, 2, 0) });
        return this;
    }
}
