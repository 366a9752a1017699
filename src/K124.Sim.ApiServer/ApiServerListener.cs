using System.Collections.Immutable;
using System.IO.Compression;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using K124.Sim.ControlPlane.Serving;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace K124.Sim.ApiServer;

/// <summary>A cluster on a port of the loopback interface: HTTP/1.1 and HTTP/2 over TLS with a certificate of its own.</summary>
public sealed class ApiServerListener : IAsyncDisposable
{
    private const int MaxBody = 3 * 1024 * 1024;
    private const int CompressedFrom = 128 * 1024;

    private readonly WebApplication _application;
    private readonly X509Certificate2 _certificate;
    private readonly ClusterHost _host;
    private int _requests;

    private ApiServerListener(WebApplication application, X509Certificate2 certificate, ClusterHost host)
    {
        _application = application;
        _certificate = certificate;
        _host = host;
    }

    /// <summary>Address of the server.</summary>
    public Uri Address { get; private set; } = new("https://127.0.0.1/");

    /// <summary>Certificate that the server shows, in PEM form; clients are to trust it.</summary>
    public string CertificatePem => _certificate.ExportCertificatePem();

    /// <summary>A kubeconfig with which kubectl and other clients speak to the server.</summary>
    /// <param name="token">Bearer token of the user.</param>
    /// <returns>Its text.</returns>
    public string Kubeconfig(string token) => KubeconfigText.Of(Address, CertificatePem, token);

    /// <summary>Requests are numbered: no two have the same, and a run gives the same numbers again.</summary>
    private string NextAuditId() => new Guid(Interlocked.Increment(ref _requests), 0, 0, new byte[8]).ToString();

    internal static async Task<ApiServerListener> StartAsync(ClusterHost host, ListenOptions options, string adminToken)
    {
        var certificate = LoopbackCertificate.Create();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(IPAddress.Loopback, options.Port, listen =>
            {
                listen.Protocols = HttpProtocols.Http1AndHttp2;
                listen.UseHttps(certificate);
            });
        });
        var application = builder.Build();
        var listener = new ApiServerListener(application, certificate, host);
        application.Run(listener.HandleAsync);
        await application.StartAsync().ConfigureAwait(false);
        var addresses = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>();
        listener.Address = new(addresses!.Addresses.First());
        if (options.Kubeconfig is { } file)
        {
            await File.WriteAllTextAsync(file, listener.Kubeconfig(adminToken)).ConfigureAwait(false);
        }

        return listener;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        using var brief = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        await _application.StopAsync(brief.Token).ConfigureAwait(false);
        await _application.DisposeAsync().ConfigureAwait(false);
        _certificate.Dispose();
    }

    private async Task HandleAsync(HttpContext context)
    {
        var answer = _host.Handle(await ReadAsync(context.Request, context.RequestAborted).ConfigureAwait(false));
        var response = context.Response;
        response.StatusCode = answer.Code;
        response.Headers.CacheControl = "no-cache, private";
        response.Headers["Audit-Id"] = NextAuditId();
        foreach (var header in answer.Headers.GroupBy(header => header.Name, StringComparer.Ordinal))
        {
            response.Headers[header.Key] = header.Select(item => item.Value).ToArray();
        }

        if (answer.Watch is { } watch)
        {
            response.ContentType = ApiResponse.Json;
            await response.StartAsync(context.RequestAborted).ConfigureAwait(false);
            await response.Body.FlushAsync(context.RequestAborted).ConfigureAwait(false);
            await WatchPump.RunAsync(_host, watch, response.BodyWriter, context.RequestAborted).ConfigureAwait(false);
            return;
        }

        await WriteAsync(context, answer).ConfigureAwait(false);
    }

    private static async Task WriteAsync(HttpContext context, ApiResponse answer)
    {
        var response = context.Response;
        var body = answer.Body;
        if (body.Length == 0)
        {
            return;
        }

        response.ContentType = answer.ContentType;
        if (context.Request.Method == "HEAD")
        {
            return;
        }

        if (body.Length > CompressedFrom && context.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.Ordinal))
        {
            response.Headers.ContentEncoding = "gzip";
            var compressed = new GZipStream(response.Body, CompressionLevel.Fastest, leaveOpen: true);
            await using (compressed.ConfigureAwait(false))
            {
                await compressed.WriteAsync(body, context.RequestAborted).ConfigureAwait(false);
            }

            return;
        }

        response.ContentLength = body.Length;
        await response.Body.WriteAsync(body, context.RequestAborted).ConfigureAwait(false);
    }

    private static async Task<ApiRequest> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var headers = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var (name, values) in request.Headers)
        {
            headers[name.ToLowerInvariant()] = string.Join(',', values.ToArray());
        }

        return new()
        {
            Method = request.Method,
            Path = request.Path.Value ?? "/",
            Query = request.QueryString.Value?.TrimStart('?') ?? "",
            Headers = headers.ToImmutable(),
            Body = await ReadBodyAsync(request, cancellationToken).ConfigureAwait(false),
        };
    }

    /// <summary>Reads a body, but no more of one that is too large than it takes to see that.</summary>
    private static async Task<ReadOnlyMemory<byte>> ReadBodyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength is 0)
        {
            return default;
        }

        using var buffer = new MemoryStream();
        var chunk = new byte[16 * 1024];
        while (buffer.Length <= MaxBody)
        {
            var read = await request.Body.ReadAsync(chunk, cancellationToken).ConfigureAwait(false);
            if (read == 0)
            {
                break;
            }

            buffer.Write(chunk, 0, read);
        }

        return buffer.ToArray();
    }
}
