using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace K124.Sim.Tests.Cli;

public class ProbeCommandTests
{
    [Theory]
    [InlineData("", 0, "service healthy")]
    [InlineData("cart", 1, "service unhealthy (responded with \"NOT_SERVING\")")]
    [InlineData("missing", 1, "error: health rpc probe failed: rpc error: code = NotFound desc = unknown service")]
    public async Task Grpc_is_asked_as_the_kubelet_does(string service, int code, string output)
    {
        await using var server = await GrpcServer();

        var run = CliHarness.Run("probe", "grpc", Address(server), "--service", service, "--timeout-seconds", "10");

        Assert.Equal(code, run.Code);
        Assert.Contains(output, run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Grpc_goes_on_dialling_until_the_time_is_over()
    {
        var address = Unused();

        var run = CliHarness.Run("probe", "grpc", address, "-o", "json");

        Assert.Equal(1, run.Code);
        Assert.Equal($"timeout: failed to connect service \"{address}\" within 1s: context deadline exceeded", run.Json().GetProperty("output").GetString());
    }

    [Fact]
    public async Task What_speaks_no_http2_is_no_connection()
    {
        await using var server = await WebServer();

        Assert.Contains("timeout: failed to connect service", CliHarness.Run("probe", "grpc", Address(server)).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/ok", 0, "success")]
    [InlineData("/bad", 1, "HTTP probe failed with statuscode: 503")]
    [InlineData("/here", 0, "success")]
    [InlineData("/away", 0, "Probe terminated redirects, Response body: ")]
    [InlineData("/round", 1, "stopped after 10 redirects")]
    [InlineData("/agent", 0, "kube-probe/1.24 */* yes")]
    public async Task Http_is_asked_as_the_kubelet_does(string path, int code, string output)
    {
        await using var server = await WebServer();

        var run = CliHarness.Run("probe", "http", $"http://{Address(server)}{path}", "--header", "X-Test: yes", "--timeout-seconds", "10");

        Assert.Equal(code, run.Code);
        Assert.Contains(output, run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tcp_connects_and_hangs_up()
    {
        await using var server = await WebServer();
        var unused = Unused();

        Assert.Equal(0, CliHarness.Run("probe", "tcp", Address(server), "--timeout-seconds", "10").Code);
        Assert.Contains($"dial tcp {unused}: connect: connection refused", CliHarness.Run("probe", "tcp", unused).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("exit 0", 0, "success")]
    [InlineData("echo no; exit 3", 1, "no")]
    [InlineData("sleep 5", 1, "timed out")]
    public void Exec_runs_a_command(string script, int code, string output)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var run = CliHarness.Run("probe", "exec", "--", "/bin/sh", "-c", script);

        Assert.Equal(code, run.Code);
        Assert.Contains(output, run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("probe", "grpc", "nohost")]
    [InlineData("probe", "http", "ftp://a")]
    [InlineData("probe", "tcp", "a:0")]
    public void Wrong_addresses_are_refused(params string[] arguments) => Assert.Equal(2, CliHarness.Run(arguments).Code);

    /// <summary>A health service: of itself it says that it serves, of the cart that it does not, and nothing else is known.</summary>
    private static async Task<WebApplication> GrpcServer()
    {
        var server = Builder(HttpProtocols.Http2).Build();
        server.MapPost("/grpc.health.v1.Health/Check", static async context =>
        {
            var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            var service = body.Length > 7 ? Encoding.UTF8.GetString(body.ToArray()[7..]) : "";
            context.Response.ContentType = "application/grpc";
            byte[] serving = [0, 0, 0, 0, 2, 8, (byte)(service.Length == 0 ? 1 : 2)];
            if (service is "" or "cart")
            {
                await context.Response.Body.WriteAsync(serving);
            }

            context.Response.AppendTrailer("grpc-status", service is "" or "cart" ? "0" : "5");
            context.Response.AppendTrailer("grpc-message", service is "" or "cart" ? "" : "unknown service");
        });
        await server.StartAsync();
        return server;
    }

    private static async Task<WebApplication> WebServer()
    {
        var server = Builder(HttpProtocols.Http1).Build();
        server.MapGet("/ok", static () => "fine");
        server.MapGet("/bad", static () => Results.StatusCode(503));
        server.MapGet("/here", static () => Results.Redirect("/ok"));
        server.MapGet("/round", static () => Results.Redirect("/round"));
        server.MapGet("/away", static () => Results.Redirect("http://elsewhere.example/"));
        server.MapGet("/agent", static (HttpRequest request) => $"{request.Headers.UserAgent} {request.Headers.Accept} {request.Headers["X-Test"]}");
        await server.StartAsync();
        return server;
    }

    private static WebApplicationBuilder Builder(HttpProtocols protocols)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(options => options.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = protocols));
        return builder;
    }

    private static string Address(WebApplication server) =>
        new Uri(server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()).Authority;

    /// <summary>A port that was just free.</summary>
    private static string Unused()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
    }
}
