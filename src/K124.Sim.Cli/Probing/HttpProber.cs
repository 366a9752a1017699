using System.Net;
using System.Net.Sockets;
using System.Text;
using K124.Sim.Pods.Probes;

namespace K124.Sim.Cli.Probing;

/// <summary>Asks over HTTP as the kubelet does: certificates are not checked, redirects are followed on the same host alone.</summary>
internal static class HttpProber
{
    private const int MostRedirects = 10;

    public static async Task<ProbeAnswer> ProbeAsync(Uri url, IReadOnlyList<(string Name, string Value)> headers, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(timeout);
        using var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,

            // The kubelet asks pods whose certificates it cannot know.
#pragma warning disable CA5359
            SslOptions = { RemoteCertificateValidationCallback = static (_, _, _, _) => true },
#pragma warning restore CA5359
        };
        using var client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        try
        {
            var asked = url;
            for (var redirects = 0; ; redirects++)
            {
                using var response = await client.SendAsync(Request(asked, headers), HttpCompletionOption.ResponseHeadersRead, deadline.Token).ConfigureAwait(false);
                var next = Target(asked, response);
                if (next is null || next.Host != url.Host)
                {
                    return ProbeHandlers.Http((int)response.StatusCode, await BodyAsync(response, deadline.Token).ConfigureAwait(false));
                }

                if (redirects + 1 >= MostRedirects)
                {
                    return ProbeHandlers.HttpFailure(next.ToString(), "stopped after 10 redirects");
                }

                asked = next;
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return ProbeHandlers.HttpFailure(url.ToString(), "context deadline exceeded (Client.Timeout exceeded while awaiting headers)");
        }
        catch (HttpRequestException exception)
        {
            return ProbeHandlers.HttpFailure(url.ToString(), Words(exception, url));
        }
    }

    private static HttpRequestMessage Request(Uri url, IReadOnlyList<(string Name, string Value)> headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, url) { Version = HttpVersion.Version11 };
        request.Headers.ConnectionClose = true;
        foreach (var (name, value) in headers)
        {
            if (name.Equals("Host", StringComparison.OrdinalIgnoreCase))
            {
                request.Headers.Host = value;
            }
            else
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }
        }

        if (!request.Headers.Contains("User-Agent"))
        {
            request.Headers.TryAddWithoutValidation("User-Agent", GrpcHealth.UserAgent);
        }

        if (!request.Headers.Contains("Accept"))
        {
            request.Headers.TryAddWithoutValidation("Accept", "*/*");
        }

        return request;
    }

    private static Uri? Target(Uri asked, HttpResponseMessage response) =>
        response.StatusCode is HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect
        && response.Headers.Location is { } location
            ? new(asked, location)
            : null;

    private static async Task<string> BodyAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using var streamEnd = stream.ConfigureAwait(false);
        var body = new byte[ProbeHandlers.MostBytes];
        var length = await stream.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        return Encoding.UTF8.GetString(body, 0, length);
    }

    private static string Words(HttpRequestException exception, Uri url) =>
        exception.InnerException is SocketException socket ? DialFault.Of(socket, $"{url.Host}:{url.Port}") : exception.Message;
}
