using System.Globalization;

namespace K124.Sim.Reports.Internal;

/// <summary>A part of a report that writes itself.</summary>
internal interface IPart
{
    void Write(HtmlText html);
}

/// <summary>A heading; what follows belongs to it.</summary>
internal sealed record SectionPart(string Heading, string Text) : IPart
{
    public void Write(HtmlText html)
    {
        html.Element("h2", Heading);
        if (Text.Length > 0)
        {
            html.Element("p", Text);
        }
    }
}

internal sealed record FiguresPart((string Name, string Number)[] Figures) : IPart
{
    public void Write(HtmlText html)
    {
        html.Raw("<dl class=\"figures\">");
        foreach (var (name, number) in Figures)
        {
            html.Raw("<div>").Element("dt", name).Element("dd", number).Raw("</div>");
        }

        html.Raw("</dl>\n");
    }
}

internal sealed record NotesPart(string[] Sentences) : IPart
{
    private const int ShownOpen = 4;

    public void Write(HtmlText html)
    {
        var isLong = Sentences.Length > ShownOpen;
        if (isLong)
        {
            html.Raw("<details>").Element("summary", string.Create(CultureInfo.InvariantCulture, $"{Sentences.Length} notes"));
        }

        html.Raw("<ul class=\"notes\">");
        foreach (var sentence in Sentences)
        {
            html.Element("li", sentence);
        }

        html.Raw(isLong ? "</ul></details>\n" : "</ul>\n");
    }
}

internal sealed record TablePart(ReportTable Table) : IPart
{
    private const int ShownOpen = 25;

    public void Write(HtmlText html)
    {
        var rows = Table.Rows.Take(Table.MostRows).ToArray();
        var isLong = rows.Length > ShownOpen;
        if (isLong)
        {
            html.Raw("<details open>").Element("summary", string.Create(CultureInfo.InvariantCulture, $"{Table.Caption}: {Table.Rows.Length:n0} rows"));
        }

        html.Raw("<div class=\"wide\" tabindex=\"0\" role=\"region\"").Attribute("aria-label", Table.Caption).Raw("><table>").Element("caption", Table.Caption).Raw("<thead><tr>");
        foreach (var column in Table.Columns)
        {
            html.Raw(column.IsNumber ? "<th scope=\"col\" class=\"number\">" : "<th scope=\"col\">").Text(column.Heading).Raw("</th>");
        }

        html.Raw("</tr></thead><tbody>\n");
        foreach (var row in rows)
        {
            Write(html, row);
        }

        html.Raw("</tbody></table></div>");
        if (Table.Rows.Length > rows.Length)
        {
            html.Element("p", string.Create(CultureInfo.InvariantCulture, $"and {Table.Rows.Length - rows.Length:n0} more rows, which the document of -o json has."));
        }

        html.Raw(isLong ? "</details>\n" : "\n");
    }

    private void Write(HtmlText html, ReportRow row)
    {
        html.Raw(row.Tone == ReportTone.Plain ? "<tr>" : $"<tr class=\"{HtmlText.ClassOf(row.Tone)}\">");
        for (var i = 0; i < row.Cells.Length; i++)
        {
            html.Raw(i == 0 ? "<th scope=\"row\">" : Table.Columns[i].IsNumber ? "<td class=\"number\">" : "<td>").Text(row.Cells[i]).Raw(i == 0 ? "</th>" : "</td>");
        }

        html.Raw("</tr>\n");
    }
}
