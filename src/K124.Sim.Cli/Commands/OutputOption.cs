using System.CommandLine;

namespace K124.Sim.Cli.Commands;

/// <summary>The option that chooses between tables for people and JSON for programs.</summary>
internal sealed class OutputOption
{
    private const string Table = "table";
    private const string Json = "json";

    public Option<string> Option { get; } = new Option<string>("--output", "-o")
    {
        Description = "Tables for people, or one JSON document with everything.",
        HelpName = $"{Table}|{Json}",
        DefaultValueFactory = static _ => Table,
    }.AcceptOnlyFromAmong(Table, Json);

    public bool IsJson(ParseResult parse) => parse.GetValue(Option) == Json;
}
