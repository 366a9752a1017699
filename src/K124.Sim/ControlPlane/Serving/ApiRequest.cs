using System.Collections.Immutable;

namespace K124.Sim.ControlPlane.Serving;

/// <summary>A request as it arrives at the API server, without HTTP around it.</summary>
internal sealed record ApiRequest
{
    /// <summary>HTTP method in capitals.</summary>
    public required string Method { get; init; }

    /// <summary>Path, percent-decoded, without the query.</summary>
    public required string Path { get; init; }

    /// <summary>Query as it came, without the question mark.</summary>
    public string Query { get; init; } = "";

    /// <summary>Headers by name in lower case; a header that came several times is joined with commas.</summary>
    public ImmutableSortedDictionary<string, string> Headers { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Body; empty if there is none.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>A header; empty if it did not come.</summary>
    public string Header(string lowerCaseName) => Headers.TryGetValue(lowerCaseName, out var value) ? value : "";
}
