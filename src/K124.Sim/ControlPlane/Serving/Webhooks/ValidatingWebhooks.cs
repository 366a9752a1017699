using K124.Sim.Api;
using K124.Sim.Kinds.Admission;

namespace K124.Sim.ControlPlane.Serving.Webhooks;

/// <summary>Calls the webhooks that judge an object: all of them, whatever the others say; the first refusal is the answer.</summary>
internal sealed class ValidatingWebhooks(WebhookClient client) : AdmissionPlugin
{
    public override string Name => "ValidatingAdmissionWebhook";

    public override ApiStatus? Validate(AdmissionRequest request)
    {
        ApiStatus? first = null;
        foreach (var called in WebhookList.For(request, "validatingwebhookconfigurations").ToArray())
        {
            var outcome = client.Call(called, request, isMutating: false);
            first ??= outcome.Refusal ?? (called.IgnoresFailures ? null : outcome.Failure);
        }

        return first;
    }
}
