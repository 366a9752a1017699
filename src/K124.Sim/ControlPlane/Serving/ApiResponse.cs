using System.Text;
using System.Text.Json.Nodes;

namespace K124.Sim.ControlPlane.Serving;

/// <summary>An answer of the API server, without HTTP around it: a body, or a watch to read from.</summary>
internal sealed class ApiResponse
{
    public const string Json = "application/json";
    public const string PlainText = "text/plain; charset=utf-8";

    private ReadOnlyMemory<byte>? _bytes;

    public required int Code { get; init; }

    public string ContentType { get; init; } = Json;

    /// <summary>The body as a tree; null if it is text, or none.</summary>
    public JsonNode? Tree { get; init; }

    /// <summary>The open watch; null if the answer has a body.</summary>
    public WatchStream? Watch { get; init; }

    /// <summary>Further headers.</summary>
    public List<(string Name, string Value)> Headers { get; } = [];

    /// <summary>The body as it goes out.</summary>
    public ReadOnlyMemory<byte> Body
    {
        get => _bytes ??= Tree is null ? ReadOnlyMemory<byte>.Empty : Serialize(Tree);
        init => _bytes = value;
    }

    /// <summary>Plain text, with what 1.24 adds for browsers.</summary>
    public static ApiResponse Text(int code, string text, bool isSniffable = false)
    {
        var response = new ApiResponse { Code = code, ContentType = PlainText, Body = Encoding.UTF8.GetBytes(text) };
        if (!isSniffable)
        {
            response.Headers.Add(("X-Content-Type-Options", "nosniff"));
        }

        return response;
    }

    public static ApiResponse Of(int code, JsonNode tree) => new() { Code = code, Tree = tree };

    /// <summary>The value of a further header; null if it is not there.</summary>
    public string? Header(string name) => Headers.Find(header => header.Name == name).Value;

    private static byte[] Serialize(JsonNode tree)
    {
        // The server ends its documents with a newline.
        var text = TreeText.ToUtf8(tree);
        Array.Resize(ref text, text.Length + 1);
        text[^1] = (byte)'\n';
        return text;
    }
}
