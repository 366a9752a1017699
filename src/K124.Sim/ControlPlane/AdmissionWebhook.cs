using System.Text.Json.Nodes;

namespace K124.Sim.ControlPlane;

/// <summary>An admission webhook that runs in the process instead of behind an address.</summary>
/// <param name="call">What the server asks.</param>
/// <returns>What the webhook answers.</returns>
public delegate WebhookAnswer AdmissionWebhook(WebhookCall call);

/// <summary>A call of an admission webhook.</summary>
/// <param name="Url">Where the server would send it, without the query.</param>
/// <param name="Timeout">How long the server waits.</param>
/// <param name="Review">The AdmissionReview with its request.</param>
public sealed record WebhookCall(string Url, TimeSpan Timeout, JsonObject Review)
{
    /// <summary>The request in the review.</summary>
    public JsonObject Request => Review["request"] as JsonObject ?? [];

    /// <summary>The object of the request; null for a deletion.</summary>
    public JsonObject? Object => Request["object"] as JsonObject;

    /// <summary>An answer that lets the request pass.</summary>
    /// <param name="warnings">What the client is warned of.</param>
    /// <returns>The answer.</returns>
    public WebhookAnswer Allow(params ReadOnlySpan<string> warnings)
    {
        var response = new JsonObject { ["uid"] = Request["uid"]?.DeepClone(), ["allowed"] = true };
        if (warnings.Length > 0)
        {
            var list = new JsonArray();
            foreach (var warning in warnings)
            {
                list.Add((JsonNode)warning);
            }

            response["warnings"] = list;
        }

        return Answer(response);
    }

    /// <summary>An answer that lets the request pass with changes.</summary>
    /// <param name="patch">The changes, as a JSON patch.</param>
    /// <returns>The answer.</returns>
    public WebhookAnswer Patch(JsonArray patch)
    {
        ArgumentNullException.ThrowIfNull(patch);
        var bytes = System.Text.Encoding.UTF8.GetBytes(patch.ToJsonString());
        return Answer(new()
        {
            ["uid"] = Request["uid"]?.DeepClone(),
            ["allowed"] = true,
            ["patch"] = Convert.ToBase64String(bytes),
            ["patchType"] = "JSONPatch",
        });
    }

    /// <summary>An answer that refuses the request.</summary>
    /// <param name="message">Why.</param>
    /// <param name="code">Status code that the client gets.</param>
    /// <returns>The answer.</returns>
    public WebhookAnswer Deny(string message, int code = 403) => Answer(new()
    {
        ["uid"] = Request["uid"]?.DeepClone(),
        ["allowed"] = false,
        ["status"] = new JsonObject { ["message"] = message, ["code"] = code },
    });

    private WebhookAnswer Answer(JsonObject response) => new()
    {
        Review = new() { ["kind"] = "AdmissionReview", ["apiVersion"] = Review["apiVersion"]?.DeepClone(), ["response"] = response },
    };
}

/// <summary>What an admission webhook answers.</summary>
public sealed record WebhookAnswer
{
    /// <summary>The AdmissionReview with its response; null if there is none.</summary>
    public JsonObject? Review { get; init; }

    /// <summary>How long the webhook took. Beyond the timeout of its configuration the call has failed; the cluster's time does not pass.</summary>
    public TimeSpan Latency { get; init; }

    /// <summary>Why the webhook cannot be reached, in the words of the connection; null if it can.</summary>
    public string? Failure { get; init; }
}
