using System.Collections.Immutable;
using K124.Sim.Kinds.Admission;

namespace K124.Sim.ControlPlane.Serving.Webhooks;

/// <summary>Puts webhooks into a chain of admission plugins.</summary>
internal static class WebhookAdmission
{
    /// <summary>A chain in which configured webhooks are called. Without it they are left out, as if they agreed to everything.</summary>
    /// <param name="chain">The chain.</param>
    /// <param name="webhooks">Those that can be reached, by address.</param>
    /// <returns>The chain with both kinds of webhooks.</returns>
    public static AdmissionChain WithWebhooks(this AdmissionChain chain, ImmutableDictionary<string, AdmissionWebhook> webhooks)
    {
        var client = new WebhookClient(webhooks);
        return chain.With(new MutatingWebhooks(client), "CertificateSubjectRestriction").With(new ValidatingWebhooks(client), "ResourceQuota");
    }
}
