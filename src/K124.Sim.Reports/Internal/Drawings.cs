using System.Globalization;
using System.Text;

namespace K124.Sim.Reports.Internal;

/// <summary>A figure: SVG that names itself, so that it is read aloud, and takes its colours from the page.</summary>
internal static class Drawing
{
    public const double Width = 760;

    public static void Begin(HtmlText html, string title, string description, double height) => html
        .Raw($"<figure><svg viewBox=\"0 0 {HtmlText.Of(Width)} {HtmlText.Of(height)}\" role=\"img\"").Attribute("aria-label", $"{title}. {description}").Raw(">")
        .Element("title", title);

    public static void End(HtmlText html, string title) => html.Raw("</svg>").Element("figcaption", title).Raw("</figure>\n");

    public static void Label(HtmlText html, double x, double y, string anchor, string text, string kind = "label") =>
        html.Raw($"<text x=\"{HtmlText.Of(x)}\" y=\"{HtmlText.Of(y)}\" text-anchor=\"{anchor}\" class=\"{kind}\">").Text(text).Raw("</text>");

    public static void Box(HtmlText html, double x, double y, double width, double height, string kind, string title = "")
    {
        html.Raw($"<rect x=\"{HtmlText.Of(x)}\" y=\"{HtmlText.Of(y)}\" width=\"{HtmlText.Of(Math.Max(0, width))}\" height=\"{HtmlText.Of(height)}\" class=\"{kind}\"");
        if (title.Length == 0)
        {
            html.Raw("/>");
        }
        else
        {
            html.Raw(">").Element("title", title).Raw("</rect>");
        }
    }

    public static string Shortened(string text, int most) => text.Length <= most ? text : string.Concat(text.AsSpan(0, most - 1), "\u2026");
}

/// <summary>Bars of parts, with a legend.</summary>
internal sealed record BarsPart(BarChart Chart) : IPart
{
    private const double LabelWidth = 210;
    private const double TextWidth = 130;
    private const double Line = 24;
    private const double Top = 30;
    private const int LabelLength = 30;
    private const int MostBars = 60;

    public void Write(HtmlText html)
    {
        var bars = Chart.Bars.Take(MostBars).ToArray();
        if (bars.Length == 0)
        {
            return;
        }

        var whole = Math.Max(Chart.Whole ?? bars.Max(static bar => bar.Amounts.Sum()), double.Epsilon);
        var room = Drawing.Width - LabelWidth - TextWidth;
        Drawing.Begin(html, Chart.Title, string.Join("; ", bars.Take(10).Select(static bar => $"{bar.Label}: {bar.Text}")), Top + (Line * bars.Length) + 6);
        var x = LabelWidth;
        foreach (var part in Chart.Parts)
        {
            Drawing.Box(html, x, 6, 12, 12, HtmlText.ClassOf(part.Tone));
            Drawing.Label(html, x + 17, 16, "start", part.Name);
            x += 34 + (7 * part.Name.Length);
        }

        for (var i = 0; i < bars.Length; i++)
        {
            var y = Top + (Line * i);
            Drawing.Label(html, LabelWidth - 8, y + 15, "end", Drawing.Shortened(bars[i].Label, LabelLength));
            Drawing.Box(html, LabelWidth, y + 3, room, Line - 8, "track");
            var from = LabelWidth;
            for (var part = 0; part < bars[i].Amounts.Length; part++)
            {
                var width = Math.Min(room * bars[i].Amounts[part] / whole, LabelWidth + room - from);
                if (width > 0)
                {
                    Drawing.Box(html, from, y + 3, width, Line - 8, HtmlText.ClassOf(Chart.Parts[part].Tone), $"{bars[i].Label}, {Chart.Parts[part].Name}: {bars[i].Amounts[part].ToString("#,0.##", CultureInfo.InvariantCulture)}");
                    from += width;
                }
            }

            Drawing.Label(html, LabelWidth + room + 8, y + 15, "start", bars[i].Text);
        }

        Drawing.End(html, Chart.Bars.Length > bars.Length ? string.Create(CultureInfo.InvariantCulture, $"{Chart.Title}; the first {bars.Length} of {Chart.Bars.Length:n0}") : Chart.Title);
    }
}

/// <summary>Points that are tried from left to right.</summary>
internal sealed record StepsPart(StepChart Chart) : IPart
{
    private const double Height = 260;
    private const double Left = 70;
    private const double Bottom = 44;
    private const double Top = 16;
    private const double Right = 16;
    private const int Ticks = 6;

    public void Write(HtmlText html)
    {
        if (Chart.Points.IsEmpty)
        {
            return;
        }

        var (minX, maxX) = (Chart.Points.Min(static point => point.X), Chart.Points.Max(static point => point.X));
        var maxY = Math.Max(1, Math.Max(Chart.Goal ?? 0, Chart.Points.Max(static point => point.Y)));
        maxX = maxX > minX ? maxX : minX + 1;
        Drawing.Begin(html, Chart.Title, $"{Chart.YLabel} by {Chart.XLabel}, from {minX.ToString("n0", CultureInfo.InvariantCulture)} to {maxX.ToString("n0", CultureInfo.InvariantCulture)}", Height);
        foreach (var tick in TicksBetween(0, maxY))
        {
            html.Raw($"<path class=\"grid\" d=\"M{HtmlText.Of(Left)} {HtmlText.Of(Y(tick))}H{HtmlText.Of(Drawing.Width - Right)}\"/>");
            Drawing.Label(html, Left - 8, Y(tick) + 4, "end", tick.ToString("#,0.##", CultureInfo.InvariantCulture));
        }

        foreach (var tick in TicksBetween(minX, maxX))
        {
            Drawing.Label(html, X(tick), Height - Bottom + 18, "middle", tick.ToString("#,0.##", CultureInfo.InvariantCulture));
        }

        if (Chart.Goal is { } goal)
        {
            html.Raw($"<path class=\"goal\" d=\"M{HtmlText.Of(Left)} {HtmlText.Of(Y(goal))}H{HtmlText.Of(Drawing.Width - Right)}\"/>");
        }

        html.Raw("<path class=\"line\" d=\"");
        for (var i = 0; i < Chart.Points.Length; i++)
        {
            html.Raw($"{(i == 0 ? "M" : "L")}{HtmlText.Of(X(Chart.Points[i].X))} {HtmlText.Of(Y(Chart.Points[i].Y))}");
        }

        html.Raw("\"/>");
        foreach (var point in Chart.Points)
        {
            html.Raw($"<circle cx=\"{HtmlText.Of(X(point.X))}\" cy=\"{HtmlText.Of(Y(point.Y))}\" r=\"4\" class=\"{(point.IsGood ? "good" : "bad")}\">")
                .Element("title", string.Create(CultureInfo.InvariantCulture, $"{point.X:#,0.##}: {point.Y:#,0.##}{(point.IsGood ? ", as wanted" : "")}")).Raw("</circle>");
        }

        Drawing.Label(html, (Left + Drawing.Width - Right) / 2, Height - 8, "middle", Chart.XLabel, "axis");
        html.Raw($"<text transform=\"translate(14 {HtmlText.Of((Top + Height - Bottom) / 2)}) rotate(-90)\" text-anchor=\"middle\" class=\"axis\">").Text(Chart.YLabel).Raw("</text>");
        Drawing.End(html, Chart.Title);

        double X(double x) => Left + ((Drawing.Width - Left - Right) * (x - minX) / (maxX - minX));
        double Y(double y) => Top + ((Height - Top - Bottom) * (1 - (y / maxY)));
    }

    private static IEnumerable<double> TicksBetween(double from, double to)
    {
        var raw = (to - from) / Ticks;
        var unit = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        var step = (raw / unit <= 1 ? 1 : raw / unit <= 2 ? 2 : raw / unit <= 5 ? 5 : 10) * unit;
        for (var tick = Math.Ceiling(from / step) * step; tick <= to + (step / 1000); tick += step)
        {
            yield return tick;
        }
    }
}

/// <summary>Squares, those of one colour in one path, so that thousands of them take little room.</summary>
internal sealed record NodesPart(NodeMap Map) : IPart
{
    private const int Buckets = 11;
    private const double Top = 30;
    private const int FewNodes = 400;

    public void Write(HtmlText html)
    {
        if (Map.Nodes.IsEmpty)
        {
            return;
        }

        var count = Map.Nodes.Length;
        var pitch = Math.Clamp(Math.Floor(Math.Sqrt(Drawing.Width * 320 / count)), 5, 26);
        var columns = (int)(Drawing.Width / pitch);
        var rows = (count + columns - 1) / columns;
        Drawing.Begin(html, Map.Title, Distribution(), Top + (rows * pitch) + 4);
        for (var bucket = 0; bucket < Buckets; bucket++)
        {
            Drawing.Box(html, 90 + (bucket * 26), 6, 24, 12, $"load{bucket}");
        }

        Drawing.Label(html, 84, 16, "end", "empty");
        Drawing.Label(html, 96 + (Buckets * 26), 16, "start", "full, overcommitted");
        if (count <= FewNodes)
        {
            for (var i = 0; i < count; i++)
            {
                Drawing.Box(html, i % columns * pitch, Top + (i / columns * pitch), pitch - 2, pitch - 2, $"load{BucketOf(Map.Nodes[i])}", string.Create(CultureInfo.InvariantCulture, $"{Map.Nodes[i].Name}: {Map.Nodes[i].Load:P0}"));
            }
        }
        else
        {
            WritePaths(html, pitch, columns);
        }

        Drawing.End(html, $"{Map.Title}. {Distribution()}");
    }

    private void WritePaths(HtmlText html, double pitch, int columns)
    {
        var side = (int)pitch - 1;
        var paths = Enumerable.Range(0, Buckets).Select(static _ => new StringBuilder()).ToArray();
        for (var i = 0; i < Map.Nodes.Length; i++)
        {
            paths[BucketOf(Map.Nodes[i])].Append(CultureInfo.InvariantCulture, $"M{i % columns * (int)pitch} {(int)Top + (i / columns * (int)pitch)}h{side}v{side}h-{side}z");
        }

        for (var bucket = 0; bucket < Buckets; bucket++)
        {
            if (paths[bucket].Length > 0)
            {
                html.Raw($"<path class=\"load{bucket}\" d=\"{paths[bucket]}\"/>");
            }
        }
    }

    private static int BucketOf(NodeSquare node) => node.Load > 1 ? Buckets - 1 : Math.Clamp((int)(node.Load * (Buckets - 1)), 0, Buckets - 2);

    private string Distribution()
    {
        var counts = Map.Nodes.GroupBy(BucketOf).OrderBy(static group => group.Key)
            .Select(static group => string.Create(CultureInfo.InvariantCulture, $"{group.Count():n0} {(group.Key == Buckets - 1 ? "overcommitted" : $"{group.Key * 10} to {(group.Key + 1) * 10} % full")}"));
        return $"{string.Join(", ", counts)}.";
    }
}
