using System.Globalization;
using System.Net;
using System.Text;

namespace K124.Sim.Cli.Output.Figures;

/// <summary>A plot of step lines over time, written as SVG.</summary>
/// <param name="title">Above the plot.</param>
/// <param name="xLabel">Below the horizontal axis.</param>
/// <param name="yLabel">Beside the vertical axis.</param>
internal sealed class SvgPlot(string title, string xLabel, string yLabel)
{
    private const double Width = 1_200;
    private const double Height = 700;
    private const double Left = 80;
    private const double Right = 30;
    private const double Top = 50;
    private const double Bottom = 70;
    private const double TickCount = 8;
    private const double LegendLine = 22;
    private const double MarkRadius = 4.5;

    private static readonly int[] RoundFactors = [1, 2, 5, 10];

    // Colours that stay apart for most eyes.
    private static readonly string[] Palette = ["#1f77b4", "#ff7f0e", "#2ca02c", "#d62728", "#9467bd", "#8c564b", "#e377c2", "#7f7f7f", "#bcbd22", "#17becf"];

    private readonly List<(string Color, string Name)> _legend = [];
    private readonly List<(IReadOnlyList<(double X, double Y)> Points, string Color)> _lines = [];
    private readonly List<(double X, double Y, string Color)> _marks = [];
    private readonly List<(double From, double To)> _bands = [];

    /// <summary>Greatest value of the horizontal axis.</summary>
    public double MaxX { get; init; } = 1;

    /// <summary>Greatest value of the vertical axis; null for the greatest that is drawn.</summary>
    public double? MaxY { get; init; }

    public static string ColorOf(int number) => Palette[number % Palette.Length];

    /// <summary>Adds a line that stays level until its next point.</summary>
    public void AddSteps(IReadOnlyList<(double X, double Y)> points, string color, string name)
    {
        _lines.Add((points, color));
        _legend.Add((color, name));
    }

    public void AddMark(double x, double y, string color) => _marks.Add((x, y, color));

    /// <summary>Shades a stretch of time; stretches share one entry of the legend.</summary>
    public void AddBand(double from, double to, string name)
    {
        if (_bands.Count == 0)
        {
            _legend.Add(("#cccccc", name));
        }

        _bands.Add((from, to));
    }

    public string ToSvg()
    {
        var maxX = MaxX > 0 ? MaxX : 1;
        var drawn = _lines.SelectMany(static line => line.Points).Select(static point => point.Y).DefaultIfEmpty(1).Max();
        var maxY = MaxY ?? Math.Max(1, drawn * 1.05);
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{Width}\" height=\"{Height}\" viewBox=\"0 0 {Width} {Height}\" font-family=\"sans-serif\" font-size=\"14\">\n");
        svg.Append("<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n");
        foreach (var (from, to) in _bands)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{X(from):0.##}\" y=\"{Top}\" width=\"{X(to) - X(from):0.##}\" height=\"{Height - Top - Bottom}\" fill=\"#cccccc\" fill-opacity=\"0.4\"/>\n");
        }

        WriteAxes(svg, maxX, maxY);
        foreach (var (points, color) in _lines)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<path d=\"{Steps(points)}\" fill=\"none\" stroke=\"{color}\" stroke-width=\"2\"/>\n");
        }

        foreach (var (x, y, color) in _marks)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<circle cx=\"{X(x):0.##}\" cy=\"{Y(y):0.##}\" r=\"{MarkRadius}\" fill=\"{color}\"/>\n");
        }

        WriteLegend(svg);
        return svg.Append("</svg>\n").ToString();

        double X(double value) => Left + (Math.Clamp(value / maxX, 0, 1) * (Width - Left - Right));

        double Y(double value) => Height - Bottom - (Math.Clamp(value / maxY, 0, 1) * (Height - Top - Bottom));

        string Steps(IReadOnlyList<(double X, double Y)> points)
        {
            var path = new StringBuilder();
            for (var i = 0; i < points.Count; i++)
            {
                var (x, y) = (X(points[i].X), Y(points[i].Y));
                path.Append(i == 0 ? string.Create(CultureInfo.InvariantCulture, $"M{x:0.##} {y:0.##}") : string.Create(CultureInfo.InvariantCulture, $"H{x:0.##}V{y:0.##}"));
            }

            return path.ToString();
        }
    }

    private void WriteAxes(StringBuilder svg, double maxX, double maxY)
    {
        Text(svg, Width / 2, Top - 20, "middle", title, "font-size=\"18\"");
        Text(svg, Width / 2, Height - 20, "middle", xLabel);
        Text(svg, 22, Height / 2, "middle", yLabel, $"transform=\"rotate(-90 22 {Height / 2})\"");
        foreach (var tick in Ticks(maxX))
        {
            var x = Left + (tick / maxX * (Width - Left - Right));
            svg.Append(CultureInfo.InvariantCulture, $"<line x1=\"{x:0.##}\" y1=\"{Top}\" x2=\"{x:0.##}\" y2=\"{Height - Bottom}\" stroke=\"#eeeeee\"/>\n");
            Text(svg, x, Height - Bottom + 20, "middle", tick.ToString("#,0.###", CultureInfo.InvariantCulture));
        }

        foreach (var tick in Ticks(maxY))
        {
            var y = Height - Bottom - (tick / maxY * (Height - Top - Bottom));
            svg.Append(CultureInfo.InvariantCulture, $"<line x1=\"{Left}\" y1=\"{y:0.##}\" x2=\"{Width - Right}\" y2=\"{y:0.##}\" stroke=\"#eeeeee\"/>\n");
            Text(svg, Left - 8, y + 5, "end", tick.ToString("#,0.###", CultureInfo.InvariantCulture));
        }

        svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{Left}\" y=\"{Top}\" width=\"{Width - Left - Right}\" height=\"{Height - Top - Bottom}\" fill=\"none\" stroke=\"#333333\"/>\n");
    }

    private void WriteLegend(StringBuilder svg)
    {
        for (var i = 0; i < _legend.Count; i++)
        {
            var y = Top + 20 + (i * LegendLine);
            svg.Append(CultureInfo.InvariantCulture, $"<line x1=\"{Left + 15}\" y1=\"{y}\" x2=\"{Left + 45}\" y2=\"{y}\" stroke=\"{_legend[i].Color}\" stroke-width=\"4\"/>\n");
            Text(svg, Left + 52, y + 5, "start", _legend[i].Name);
        }
    }

    /// <summary>Round numbers from 0 on: steps of 1, 2 or 5 times a power of ten.</summary>
    private static IEnumerable<double> Ticks(double max)
    {
        var magnitude = Math.Pow(10, Math.Floor(Math.Log10(max / TickCount)));
        var step = RoundFactors.Select(factor => factor * magnitude).First(candidate => max / candidate <= TickCount);
        for (var i = 0; i * step <= max; i++)
        {
            yield return i * step;
        }
    }

    private static void Text(StringBuilder svg, double x, double y, string anchor, string text, string more = "") =>
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{x:0.##}\" y=\"{y:0.##}\" text-anchor=\"{anchor}\" {more}>{WebUtility.HtmlEncode(text)}</text>\n");
}
