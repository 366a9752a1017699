using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using K124.Sim.Kinds;

namespace K124.Sim.ControlPlane.Serving.Webhooks;

/// <summary>Where a webhook is.</summary>
/// <param name="Url">The address that the server calls, without the query.</param>
/// <param name="Unreachable">What the connection says where nobody answers.</param>
internal readonly record struct WebhookAddress(string Url, string Unreachable)
{
    private const long DefaultPort = 443;

    public static WebhookAddress Of(JsonObject? client, IObjectReader objects)
    {
        if (client.Object("service") is not { } service)
        {
            var url = new Uri(client.Text("url"));
            return new(client.Text("url"), Refused(url.Host, url.Port));
        }

        var (name, ns, path) = (service.Text("name"), service.Text("namespace"), service.Text("path").TrimStart('/'));
        var port = service.NumberOrNull("port") ?? DefaultPort;
        var address = objects.Get("", "services", ns, name).Object("spec").Text("clusterIP");
        return new(
            string.Create(CultureInfo.InvariantCulture, $"https://{name}.{ns}.svc:{port}/{path}"),
            address.Length == 0 ? $"service \"{name}\" not found" : Refused(address, (int)port));
    }

    private static string Refused(string host, int port) => IPAddress.TryParse(host, out _)
        ? string.Create(CultureInfo.InvariantCulture, $"dial tcp {host}:{port}: connect: connection refused")
        : $"dial tcp: lookup {host}: no such host";
}
