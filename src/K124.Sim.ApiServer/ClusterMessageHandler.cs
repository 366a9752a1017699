using System.Collections.Immutable;
using System.IO.Pipelines;
using System.Net;
using K124.Sim.ControlPlane.Serving;

namespace K124.Sim.ApiServer;

/// <summary>Hands requests of an <see cref="HttpClient"/> to a cluster, without a socket.</summary>
internal sealed class ClusterMessageHandler(ClusterHost host, string token) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var answer = host.Handle(await ReadAsync(request, cancellationToken).ConfigureAwait(false));
        var response = new HttpResponseMessage((HttpStatusCode)answer.Code) { RequestMessage = request, Version = HttpVersion.Version20 };
        response.Content = answer.Watch is { } watch ? Streamed(watch) : Whole(answer);
        if (answer.Header("Cache-Control") is null)
        {
            response.Headers.TryAddWithoutValidation("Cache-Control", "no-cache, private");
        }

        foreach (var (name, value) in answer.Headers)
        {
            // Some headers belong to the content.
            _ = response.Headers.TryAddWithoutValidation(name, value) || response.Content.Headers.TryAddWithoutValidation(name, value);
        }

        return response;
    }

    private static ReadOnlyMemoryContent Whole(ApiResponse answer)
    {
        var content = new ReadOnlyMemoryContent(answer.Body);
        content.Headers.TryAddWithoutValidation("Content-Type", answer.ContentType);
        return content;
    }

    private StreamContent Streamed(WatchStream watch)
    {
        var pipe = new Pipe();
        _ = WatchPump.RunAsync(host, watch, pipe.Writer, CancellationToken.None);
        var content = new StreamContent(pipe.Reader.AsStream());
        content.Headers.TryAddWithoutValidation("Content-Type", ApiResponse.Json);
        return content;
    }

    private async Task<ApiRequest> ReadAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var uri = request.RequestUri!;
        var headers = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        headers["authorization"] = "Bearer " + token;
        foreach (var (name, values) in request.Headers.NonValidated)
        {
            headers[name.ToLowerInvariant()] = string.Join(name == "User-Agent" ? " " : ",", values);
        }

        ReadOnlyMemory<byte> body = default;
        if (request.Content is { } content)
        {
            foreach (var (name, values) in content.Headers.NonValidated)
            {
                headers[name.ToLowerInvariant()] = string.Join(',', values);
            }

            body = await content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        }

        return new()
        {
            Method = request.Method.Method,
            Path = Uri.UnescapeDataString(uri.AbsolutePath),
            Query = uri.Query.TrimStart('?'),
            Headers = headers.ToImmutable(),
            Body = body,
        };
    }
}
