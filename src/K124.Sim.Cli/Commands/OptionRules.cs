using System.CommandLine;
using System.CommandLine.Parsing;

namespace K124.Sim.Cli.Commands;

/// <summary>Rules for the values of options and arguments.</summary>
internal static class OptionRules
{
    /// <summary>Refuses values that look like options: otherwise an unknown option is taken for a path. "-" is standard input.</summary>
    public static Option<T> RefusingOptions<T>(this Option<T> option)
    {
        option.Validators.Add(static result => Refuse(result, result.Tokens));
        return option;
    }

    /// <inheritdoc cref="RefusingOptions{T}(Option{T})"/>
    public static Argument<T> RefusingOptions<T>(this Argument<T> argument)
    {
        argument.Validators.Add(static result => Refuse(result, result.Tokens));
        return argument;
    }

    private static void Refuse(SymbolResult result, IEnumerable<Token> values)
    {
        foreach (var value in values.Where(static value => value.Value is ['-', _, ..]))
        {
            result.AddError($"Unknown option '{value.Value}'.");
        }
    }
}
