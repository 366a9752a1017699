using System.Text.Json.Nodes;
using K124.Sim.Reports.Internal;

namespace K124.Sim.Reports;

/// <summary>A report that outlives the job that made it: one HTML file without scripts, which a browser shows as it is, prints, and reads aloud.</summary>
/// <remarks>Figures are SVG, each with its numbers in a table beside it. The data are inside, as JSON. The page fetches nothing and runs nothing; its policy forbids both.</remarks>
public sealed class Report
{
    private readonly List<IPart> _parts = [];

    /// <summary>Begins a report.</summary>
    /// <param name="title">What was asked.</param>
    /// <param name="answer">The answer in one sentence.</param>
    /// <param name="tone">Whether that is as wanted.</param>
    public Report(string title, string answer, ReportTone tone)
    {
        ArgumentNullException.ThrowIfNull(title);
        ArgumentNullException.ThrowIfNull(answer);
        (Title, Answer, Tone) = (title, answer, tone);
    }

    /// <summary>What was asked.</summary>
    public string Title { get; }

    /// <summary>The answer in one sentence.</summary>
    public string Answer { get; }

    /// <summary>Whether that is as wanted.</summary>
    public ReportTone Tone { get; }

    /// <summary>The versioned document of the answer, which the file carries along; lists that are too long for a page are shortened, and say so.</summary>
    public JsonObject? Document { get; init; }

    internal IReadOnlyList<IPart> Parts => _parts;

    /// <summary>Adds a row of figures, each a number under its name.</summary>
    /// <param name="figures">Names and numbers.</param>
    /// <returns>This report.</returns>
    public Report Figures(params ReadOnlySpan<(string Name, string Number)> figures) => With(new FiguresPart([.. figures.ToArray()]));

    /// <summary>Begins a section.</summary>
    /// <param name="heading">Its heading.</param>
    /// <param name="text">What it is about, in a sentence; empty for nothing.</param>
    /// <returns>This report.</returns>
    public Report Section(string heading, string text = "") => With(new SectionPart(heading, text));

    /// <summary>Adds a list of sentences, folded if it is long.</summary>
    /// <param name="sentences">The sentences.</param>
    /// <returns>This report.</returns>
    public Report Notes(IEnumerable<string> sentences)
    {
        ArgumentNullException.ThrowIfNull(sentences);
        string[] all = [.. sentences];
        return all.Length == 0 ? this : With(new NotesPart(all));
    }

    /// <summary>Adds a table.</summary>
    /// <param name="table">The table.</param>
    /// <returns>This report.</returns>
    public Report Table(ReportTable table) => With(new TablePart(table));

    /// <summary>Adds bars, one below the other.</summary>
    /// <param name="chart">The bars.</param>
    /// <returns>This report.</returns>
    public Report Bars(BarChart chart) => With(new BarsPart(chart));

    /// <summary>Adds a line of points that are tried one after the other.</summary>
    /// <param name="chart">The points.</param>
    /// <returns>This report.</returns>
    public Report Steps(StepChart chart) => With(new StepsPart(chart));

    /// <summary>Adds a map with a square for each node, coloured by how full it is.</summary>
    /// <param name="map">The nodes.</param>
    /// <returns>This report.</returns>
    public Report Nodes(NodeMap map) => With(new NodesPart(map));

    /// <summary>The report as an HTML document.</summary>
    /// <returns>The text of the file.</returns>
    public string ToHtml() => HtmlDocument.Of(this);

    private Report With(IPart part)
    {
        _parts.Add(part);
        return this;
    }
}
