using System.Collections.Immutable;
using System.Globalization;

namespace K124.Sim.ControlPlane.Serving;

/// <summary>One clause of an Accept header.</summary>
/// <param name="Type">Media type in lower case, for example <c>application/json</c>.</param>
/// <param name="Parameters">Its parameters but the quality.</param>
/// <param name="Quality">How much it is wanted, 0 to 1.</param>
internal sealed record MediaRange(string Type, ImmutableArray<(string Name, string Value)> Parameters, double Quality)
{
    /// <summary>The clauses of a header, the most wanted first.</summary>
    public static ImmutableArray<MediaRange> Parse(string header) =>
    [
        .. header.Split(',').Select(ParseOne).Where(range => range.Type.Length > 0).OrderByDescending(range => range.Quality),
    ];

    /// <summary>The media type of a Content-Type header.</summary>
    public static string TypeOf(string contentType)
    {
        var semicolon = contentType.IndexOf(';', StringComparison.Ordinal);
        return (semicolon < 0 ? contentType : contentType[..semicolon]).Trim().ToLowerInvariant();
    }

    public string Parameter(string name) => Parameters.FirstOrDefault(parameter => parameter.Name == name).Value ?? "";

    private static MediaRange ParseOne(string text)
    {
        var parts = text.Split(';');
        var parameters = ImmutableArray.CreateBuilder<(string, string)>();
        var quality = 1.0;
        foreach (var part in parts.Skip(1))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            var (name, value) = equals < 0 ? (part.Trim(), "") : (part[..equals].Trim(), part[(equals + 1)..].Trim().Trim('"'));
            if (name == "q")
            {
                quality = double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var q) ? q : 0;
            }
            else
            {
                parameters.Add((name, value));
            }
        }

        return new(parts[0].Trim().ToLowerInvariant(), parameters.ToImmutable(), quality);
    }
}
