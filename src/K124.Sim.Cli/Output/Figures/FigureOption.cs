using System.CommandLine;
using K124.Sim.Cli.Commands;

namespace K124.Sim.Cli.Output.Figures;

/// <summary>The option that asks for a figure in a file.</summary>
internal static class FigureOption
{
    public static Option<string?> Create(string description)
    {
        var option = new Option<string?>("--figure") { Description = $"{description} An SVG file.", HelpName = "FILE.svg" }.RefusingOptions();
        option.Validators.Add(static result =>
        {
            if (result.Tokens is [var token] && !Path.GetExtension(token.Value).Equals(".svg", StringComparison.OrdinalIgnoreCase))
            {
                result.AddError($"--figure: '{token.Value}' does not end in .svg.");
            }
        });
        return option;
    }

    /// <summary>Writes a figure.</summary>
    /// <returns>False if the file cannot be written, which has been said.</returns>
    public static bool TrySave(SvgPlot plot, string path, Terminal terminal)
    {
        try
        {
            File.WriteAllText(path, plot.ToSvg());
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            terminal.Error.WriteLine($"{path}: {exception.Message}");
            return false;
        }
    }
}
