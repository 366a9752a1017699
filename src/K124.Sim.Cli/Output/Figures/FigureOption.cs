using System.CommandLine;
using K124.Sim.Cli.Commands;
using ScottPlot;

namespace K124.Sim.Cli.Output.Figures;

/// <summary>The option that asks for a figure in a file.</summary>
internal static class FigureOption
{
    private const int Width = 1_200;
    private const int Height = 700;

    public static Option<string?> Create(string description)
    {
        var option = new Option<string?>("--figure") { Description = $"{description} PNG or SVG, by the file's extension.", HelpName = "FILE" }.RefusingOptions();
        option.Validators.Add(static result =>
        {
            if (result.Tokens is [var token] && Path.GetExtension(token.Value).ToUpperInvariant() is not (".PNG" or ".SVG"))
            {
                result.AddError($"--figure: '{token.Value}' does not end in .png or .svg.");
            }
        });
        return option;
    }

    /// <summary>Writes a figure.</summary>
    /// <returns>False if the file cannot be written, which has been said.</returns>
    public static bool TrySave(Plot plot, string path, Terminal terminal)
    {
        try
        {
            if (Path.GetExtension(path).Equals(".svg", StringComparison.OrdinalIgnoreCase))
            {
                plot.SaveSvg(path, Width, Height);
            }
            else
            {
                plot.SavePng(path, Width, Height);
            }

            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            terminal.Error.WriteLine($"{path}: {exception.Message}");
            return false;
        }
    }
}
