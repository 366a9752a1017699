using System.Collections.Immutable;

namespace K124.Sim.Model;

/// <summary>An HTTP request.</summary>
public sealed record HTTPGetAction
{
    private readonly Items<HTTPHeader> _httpHeaders;

    /// <summary>Host; empty means the pod.</summary>
    public string Host { get; init => field = value ?? ""; } = "";

    /// <summary>Headers to send.</summary>
    public ImmutableArray<HTTPHeader> HttpHeaders { get => _httpHeaders.Array; init => _httpHeaders = new(value); }

    /// <summary>Path.</summary>
    public string Path { get; init => field = value ?? ""; } = "";

    /// <summary>Port number or name.</summary>
    public IntOrString? Port { get; init; }

    /// <summary><c>HTTP</c> or <c>HTTPS</c>.</summary>
    public string Scheme { get; init => field = value ?? ""; } = "";
}
