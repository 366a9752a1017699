using System.Globalization;
using System.Text;
using System.Xml;
using K124.Sim.Preflight;

namespace K124.Sim.Cli.Output.Preflight;

/// <summary>Findings as a test report: a suite a rule, what blocks fails, what is accepted is skipped.</summary>
internal static class PreflightJUnit
{
    public static string Text(PreflightReport report)
    {
        var text = new StringBuilder();
        using (var writer = XmlWriter.Create(text, new() { Indent = true, OmitXmlDeclaration = true, NewLineChars = "\n", CheckCharacters = false }))
        {
            writer.WriteStartElement("testsuites");
            writer.WriteAttributeString("name", "k124 preflight");
            foreach (var rule in PreflightRules.All)
            {
                WriteSuite(writer, rule, [.. report.Findings.Where(finding => finding.Rule == rule.Id)], [.. report.Accepted.Where(finding => finding.Rule == rule.Id)]);
            }

            writer.WriteEndElement();
        }

        return text.ToString();
    }

    private static void WriteSuite(XmlWriter writer, PreflightRule rule, PreflightFinding[] findings, PreflightFinding[] accepted)
    {
        writer.WriteStartElement("testsuite");
        writer.WriteAttributeString("name", rule.Id);
        WriteNumber(writer, "tests", Math.Max(findings.Length + accepted.Length, 1));
        WriteNumber(writer, "failures", findings.Count(static finding => finding.Severity == PreflightSeverity.Block));
        WriteNumber(writer, "skipped", accepted.Length);
        foreach (var finding in findings)
        {
            WriteCase(writer, finding, isAccepted: false);
        }

        foreach (var finding in accepted)
        {
            WriteCase(writer, finding, isAccepted: true);
        }

        if (findings.Length + accepted.Length == 0)
        {
            writer.WriteStartElement("testcase");
            writer.WriteAttributeString("classname", rule.Id);
            writer.WriteAttributeString("name", rule.Title);
            writer.WriteEndElement();
        }

        writer.WriteEndElement();
    }

    private static void WriteCase(XmlWriter writer, PreflightFinding finding, bool isAccepted)
    {
        writer.WriteStartElement("testcase");
        writer.WriteAttributeString("classname", finding.Rule);
        writer.WriteAttributeString("name", $"{finding.Subject} {finding.Field}".TrimEnd());
        var words = $"{finding.Behavior}. To do: {finding.Remedy}. See {finding.Link}.";
        if (isAccepted)
        {
            writer.WriteStartElement("skipped");
            writer.WriteAttributeString("message", "accepted by the baseline");
            writer.WriteEndElement();
        }
        else if (finding.Severity == PreflightSeverity.Block)
        {
            writer.WriteStartElement("failure");
            writer.WriteAttributeString("type", PreflightWriters.Word(finding.Severity));
            writer.WriteAttributeString("message", finding.Behavior);
            writer.WriteString(words);
            writer.WriteEndElement();
        }
        else
        {
            writer.WriteElementString("system-out", $"{PreflightWriters.Word(finding.Severity)}: {words}");
        }

        writer.WriteEndElement();
    }

    private static void WriteNumber(XmlWriter writer, string name, int number) => writer.WriteAttributeString(name, number.ToString(CultureInfo.InvariantCulture));
}
