using System.Text.Json.Nodes;
using K124.Sim.Kinds;
using K124.Sim.Kinds.Admission;

namespace K124.Sim.ControlPlane.Serving.Webhooks;

/// <summary>A configured webhook that a request is for.</summary>
/// <param name="Id">What tells it from all others.</param>
/// <param name="Webhook">Its configuration.</param>
/// <param name="Resource">The resource as which it sees the request.</param>
internal readonly record struct CalledWebhook(string Id, JsonObject Webhook, ResourceType Resource)
{
    public string Name => Webhook.Text("name");

    public bool IgnoresFailures => Webhook.Text("failurePolicy") == "Ignore";
}

/// <summary>Finds the webhooks that a request is for: by the names of their configurations, then in the order of each.</summary>
internal static class WebhookList
{
    private const string Registration = "admissionregistration.k8s.io";

    public static IEnumerable<CalledWebhook> For(AdmissionRequest request, string plural)
    {
        // Who could not change these any more would be locked out by his own webhook.
        if (request.Resource.Group == Registration)
        {
            yield break;
        }

        var configurations = request.Context.Objects.List(Registration, plural, "")
            .OrderBy(static configuration => configuration.Object("metadata").Text("name"), StringComparer.Ordinal);
        foreach (var configuration in configurations)
        {
            var index = 0;
            foreach (var webhook in configuration.Objects("webhooks"))
            {
                var id = $"{configuration.Object("metadata").Text("name")}/{webhook.Text("name")}/{index++}";
                if (WebhookMatch.Find(webhook, request) is { } resource)
                {
                    yield return new(id, webhook, resource);
                }
            }
        }
    }
}
