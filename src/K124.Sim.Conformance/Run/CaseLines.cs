using System.IO.Compression;
using System.Text;

namespace K124.Sim.Conformance.Run;

/// <summary>Reads the lines of a recording, plain or compressed with gzip.</summary>
internal static class CaseLines
{
    // Text that is not UTF-8 must not pass as something else.
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The lines of a file that are not blank, each with its number; where reading fails, an error ends the file.</summary>
    public static IEnumerable<CaseLine> Read(string path)
    {
        using Stream file = File.OpenRead(path);
        using var content = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file;
        using var reader = new StreamReader(content, Utf8);
        for (var number = 1; ; number++)
        {
            var line = ReadLine(reader, number);
            if (line is { Text: null, Error: null })
            {
                yield break;
            }

            if (line.Error is not null || !string.IsNullOrWhiteSpace(line.Text))
            {
                yield return line;
            }

            if (line.Error is not null)
            {
                yield break;
            }
        }
    }

    private static CaseLine ReadLine(StreamReader reader, int number)
    {
        try
        {
            return new(number, reader.ReadLine(), null);
        }
        catch (Exception exception) when (exception is InvalidDataException or DecoderFallbackException)
        {
            return new(number, null, $"the file cannot be read any further: {exception.Message}");
        }
    }
}

/// <summary>A line of a recording, or why there is none.</summary>
/// <param name="Number">Number of the line, from 1.</param>
/// <param name="Text">The line.</param>
/// <param name="Error">Why the file cannot be read from here on.</param>
internal readonly record struct CaseLine(int Number, string? Text, string? Error);
