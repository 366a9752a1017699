using System.Collections.Immutable;
using System.Globalization;
using K124.Sim.Api;
using K124.Sim.Kinds;
using K124.Sim.Kinds.Admission;

namespace K124.Sim.ControlPlane.Serving.Webhooks;

/// <summary>Calls webhooks, and reads what they answer as 1.24 does.</summary>
/// <param name="webhooks">Those that can be reached, by address.</param>
internal sealed class WebhookClient(ImmutableDictionary<string, AdmissionWebhook> webhooks)
{
    private const long DefaultTimeoutSeconds = 10;

    public WebhookOutcome Call(CalledWebhook called, AdmissionRequest request, bool isMutating)
    {
        if (request.Context.IsDryRun && called.Webhook.Text("sideEffects") is not ("None" or "NoneOnDryRun"))
        {
            return WebhookOutcome.Refused(StatusErrors.BadRequest($"admission webhook \"{called.Name}\" does not support dry run"));
        }

        var address = WebhookAddress.Of(called.Webhook.Object("clientConfig"), request.Context.Objects);
        var timeout = TimeSpan.FromSeconds(called.Webhook.NumberOrNull("timeoutSeconds") ?? DefaultTimeoutSeconds);
        var review = WebhookReview.Request(called, request);
        var answer = webhooks.TryGetValue(address.Url, out var webhook)
            ? webhook(new(address.Url, timeout, review))
            : new() { Failure = address.Unreachable };
        var failure = answer.Latency > timeout ? "context deadline exceeded" : answer.Failure;
        if (failure is not null)
        {
            var seconds = timeout.TotalSeconds.ToString(CultureInfo.InvariantCulture);
            return WebhookOutcome.Failed(called.Name, $"failed to call webhook: Post \"{address.Url}?timeout={seconds}s\": {failure}");
        }

        return WebhookReview.Response(called, review, answer.Review, request, isMutating);
    }
}
