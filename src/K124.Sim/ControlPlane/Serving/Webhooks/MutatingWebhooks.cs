using System.Text.Json.Nodes;
using K124.Sim.Api;
using K124.Sim.Kinds;
using K124.Sim.Kinds.Admission;

namespace K124.Sim.ControlPlane.Serving.Webhooks;

/// <summary>Calls the webhooks that may change an object, one after the other.</summary>
internal sealed class MutatingWebhooks(WebhookClient client) : AdmissionPlugin
{
    public override string Name => "MutatingAdmissionWebhook";

    public override ApiStatus? Mutate(AdmissionRequest request)
    {
        request.Reinvocation.BeginCalls(request.Object);
        foreach (var called in WebhookList.For(request, "mutatingwebhookconfigurations").Where(called => request.Reinvocation.IsDue(called.Id)).ToArray())
        {
            if (Call(called, request) is { } refusal)
            {
                return refusal;
            }
        }

        request.Reinvocation.EndCalls(request.Object);
        return null;
    }

    private ApiStatus? Call(CalledWebhook called, AdmissionRequest request)
    {
        var outcome = client.Call(called, request, isMutating: true);
        if (outcome.Failure is { } failure)
        {
            return called.IgnoresFailures ? null : failure;
        }

        if (outcome.Refusal is { } refusal)
        {
            return refusal;
        }

        if (outcome.Patch.Length > 0)
        {
            if (Patched(called, request, outcome.Patch, out var isChanged) is { } problem)
            {
                return problem;
            }

            if (isChanged)
            {
                request.Reinvocation.Changed();
            }
        }

        if (called.Webhook.Text("reinvocationPolicy") == "IfNeeded")
        {
            request.Reinvocation.Called(called.Id);
        }

        return null;
    }

    private static ApiStatus? Patched(CalledWebhook called, AdmissionRequest request, byte[] patch, out bool isChanged)
    {
        isChanged = false;
        if (request.Object is not { } item)
        {
            return StatusErrors.Internal(
                $"admission webhook \"{called.Name}\" attempted to modify the object, which is not supported for this operation");
        }

        var sent = ReviewedObject.Of(item, request.Resource, called.Resource)!;
        var patched = Patching.JsonPatch.Apply(sent, patch);
        if (!patched.Succeeded)
        {
            return StatusErrors.Internal(patched.Status.Message);
        }

        isChanged = !JsonNode.DeepEquals(sent, patched.Value);
        return isChanged && ReviewedObject.TakeBack(patched.Value, called.Resource, request) is { } error ? StatusErrors.Internal(error) : null;
    }
}
