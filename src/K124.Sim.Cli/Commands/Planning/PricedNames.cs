using System.CommandLine;
using System.Globalization;

namespace K124.Sim.Cli.Commands.Planning;

/// <summary>Values of the form WHAT[:NUMBER].</summary>
internal static class PricedNames
{
    /// <summary>An option that may be given several times.</summary>
    public static Option<string[]> Option(string name, string description, string helpName) => new Option<string[]>(name)
    {
        Description = description,
        HelpName = helpName,
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = true,
    }.RefusingOptions();

    /// <summary>Splits off the number behind the last colon, if there is one.</summary>
    public static (string Name, decimal? Number) Split(string text)
    {
        var colon = text.LastIndexOf(':');
        return colon > 0 && decimal.TryParse(text.AsSpan(colon + 1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            ? (text[..colon], number)
            : (text, null);
    }
}
