using System.Globalization;
using System.Text;

namespace K124.Sim.Reports.Internal;

/// <summary>HTML that is written piece by piece; all text is escaped.</summary>
internal sealed class HtmlText
{
    private readonly StringBuilder _text = new();

    public static string ClassOf(ReportTone tone) => tone switch { ReportTone.Good => "good", ReportTone.Open => "open", ReportTone.Bad => "bad", _ => "plain" };

    /// <summary>A number for an attribute.</summary>
    public static string Of(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);

    public HtmlText Raw(string html)
    {
        _text.Append(html);
        return this;
    }

    public HtmlText Text(string text)
    {
        foreach (var unit in text)
        {
            _ = unit switch
            {
                '<' => _text.Append("&lt;"),
                '>' => _text.Append("&gt;"),
                '&' => _text.Append("&amp;"),
                '"' => _text.Append("&quot;"),
                '\'' => _text.Append("&#39;"),
                < ' ' and not ('\n' or '\t') => _text.Append('\uFFFD'),
                _ => _text.Append(unit),
            };
        }

        return this;
    }

    public HtmlText Element(string name, string text) => Raw($"<{name}>").Text(text).Raw($"</{name}>");

    public HtmlText Attribute(string name, string value) => Raw($" {name}=\"").Text(value).Raw("\"");

    public override string ToString() => _text.ToString();
}
