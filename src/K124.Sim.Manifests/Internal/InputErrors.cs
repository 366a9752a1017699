using System.Text;

namespace K124.Sim.Manifests.Internal;

/// <summary>Says in the words of this library what the outside world did to a file.</summary>
internal static class InputErrors
{
    public static string Describe(Exception exception) => exception switch
    {
        FileNotFoundException or DirectoryNotFoundException => "there is no such file or folder",
        UnauthorizedAccessException => "it may not be read",
        DecoderFallbackException => "the text is not valid Unicode",

        // Messages of this library begin with a small letter.
        InvalidDataException when exception.Message is [>= 'a' and <= 'z', ..] => exception.Message,
        InvalidDataException => "the gzip data is damaged",
        _ => exception.Message,
    };
}
