using System.Globalization;
using System.Text.Json.Nodes;
using K124.Sim.Api;

namespace K124.Sim.Kinds.Admission;

/// <summary>Webhooks that are configured. Nothing here can be called: a webhook that a request is for counts as out of reach, so
/// that its failure policy decides.</summary>
/// <param name="isMutating">Whether it is about mutating webhooks.</param>
internal sealed class WebhookPlugin(bool isMutating) : AdmissionPlugin
{
    private const string Registration = "admissionregistration.k8s.io";

    /// <inheritdoc/>
    public override string Name => isMutating ? "MutatingAdmissionWebhook" : "ValidatingAdmissionWebhook";

    private string Plural => isMutating ? "mutatingwebhookconfigurations" : "validatingwebhookconfigurations";

    /// <inheritdoc/>
    public override ApiStatus? Mutate(AdmissionRequest request) => isMutating ? Call(request) : null;

    /// <inheritdoc/>
    public override ApiStatus? Validate(AdmissionRequest request) => isMutating ? null : Call(request);

    private ApiStatus? Call(AdmissionRequest request)
    {
        // Who could not change these any more would be locked out by his own webhook.
        if (request.Resource.Group == Registration)
        {
            return null;
        }

        foreach (var configuration in request.Context.Objects.List(Registration, Plural, ""))
        {
            foreach (var webhook in configuration.Objects("webhooks"))
            {
                if (WebhookMatch.IsFor(webhook, request) && Problem(webhook, request) is { } problem)
                {
                    return problem;
                }
            }
        }

        return null;
    }

    private static ApiStatus? Problem(JsonObject webhook, AdmissionRequest request)
    {
        var name = webhook.Text("name");
        if (request.Context.IsDryRun && webhook.Text("sideEffects") is not ("None" or "NoneOnDryRun"))
        {
            return StatusErrors.BadRequest($"admission webhook \"{name}\" does not support dry run");
        }

        if (webhook.Text("failurePolicy") == "Ignore")
        {
            return null;
        }

        var why = $"failed calling webhook \"{name}\": failed to call webhook: {Unreachable(webhook, request)}";
        return StatusErrors.Internal(why);
    }

    private static string Unreachable(JsonObject webhook, AdmissionRequest request)
    {
        const long DefaultSeconds = 10;
        const long DefaultPort = 443;
        var client = webhook.Object("clientConfig");
        var timeout = webhook.NumberOrNull("timeoutSeconds") ?? DefaultSeconds;
        if (client.Object("service") is not { } service)
        {
            var url = new Uri(client.Text("url"));
            return string.Create(CultureInfo.InvariantCulture, $"Post \"{client.Text("url")}?timeout={timeout}s\": {Refused(url.Host, url.Port)}");
        }

        var (name, ns, path) = (service.Text("name"), service.Text("namespace"), service.Text("path").TrimStart('/'));
        var port = service.NumberOrNull("port") ?? DefaultPort;
        var address = request.Context.Objects.Get("", "services", ns, name).Object("spec").Text("clusterIP");
        var answer = address.Length == 0 ? $"service \"{name}\" not found" : Refused(address, (int)port);
        return string.Create(CultureInfo.InvariantCulture, $"Post \"https://{name}.{ns}.svc:{port}/{path}?timeout={timeout}s\": {answer}");
    }

    private static string Refused(string host, int port) => System.Net.IPAddress.TryParse(host, out _)
        ? string.Create(CultureInfo.InvariantCulture, $"dial tcp {host}:{port}: connect: connection refused")
        : $"dial tcp: lookup {host}: no such host";
}
