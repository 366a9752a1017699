using System.CommandLine;

namespace K124.Sim.Cli.Commands;

/// <summary>The option that chooses between tables for people and JSON for programs.</summary>
internal sealed class OutputOption
{
    private const string Table = "table";
    private const string Json = "json";
    private const string Html = "html";

    private OutputOption(string description, params string[] formats) => Option = new Option<string>("--output", "-o")
    {
        Description = description,
        HelpName = string.Join('|', formats),
        DefaultValueFactory = static _ => Table,
    }.AcceptOnlyFromAmong(formats);

    public OutputOption()
        : this("Tables for people, or one JSON document with everything.", Table, Json)
    {
    }

    /// <summary>The option of commands that also make a report.</summary>
    public static OutputOption WithReport() => new("Tables for people, one JSON document with everything, or a report as one HTML file.", Table, Json, Html);

    public Option<string> Option { get; }

    public bool IsJson(ParseResult parse) => parse.GetValue(Option) == Json;

    public bool IsHtml(ParseResult parse) => parse.GetValue(Option) == Html;
}
