using System.Text.Json.Nodes;
using K124.Sim.Api;
using K124.Sim.Kinds;
using K124.Sim.Kinds.Admission;
using K124.Sim.Kinds.Schema;
using K124.Sim.Text;

namespace K124.Sim.ControlPlane.Serving.Webhooks;

/// <summary>AdmissionReviews: the question and the answer.</summary>
internal static class WebhookReview
{
    private const string Group = "admission.k8s.io";

    public static JsonObject Request(CalledWebhook called, AdmissionRequest request)
    {
        var (own, seen, context) = (request.Resource, called.Resource, request.Context);
        var operation = request.Operation.ToString();
        var options = new JsonObject { ["kind"] = operation + "Options", ["apiVersion"] = "meta.k8s.io/v1" };
        if (context.IsDryRun)
        {
            options["dryRun"] = new JsonArray("All");
        }

        var body = new JsonObject { ["uid"] = context.Names.NewUid(), ["kind"] = KindOf(seen), ["resource"] = ResourceOf(seen) };
        Add(body, "subResource", request.Subresource);
        body["requestKind"] = KindOf(own);
        body["requestResource"] = ResourceOf(own);
        Add(body, "requestSubResource", request.Subresource);
        Add(body, "name", request.Name);
        Add(body, "namespace", own.IsNamespaced ? request.Namespace : own.Plural == "namespaces" ? request.Name : "");
        body["operation"] = operation.ToUpperInvariant();
        body["userInfo"] = UserOf(context.User);
        body["object"] = ReviewedObject.Of(request.Object, own, seen);
        body["oldObject"] = ReviewedObject.Of(request.OldObject, own, seen);
        body["dryRun"] = context.IsDryRun;
        body["options"] = options;
        var version = called.Webhook.Texts("admissionReviewVersions").FirstOrDefault(static v => v is "v1" or "v1beta1") ?? "v1";
        return new() { ["kind"] = "AdmissionReview", ["apiVersion"] = $"{Group}/{version}", ["request"] = body };
    }

    public static WebhookOutcome Response(CalledWebhook called, JsonObject review, JsonObject? answer, AdmissionRequest request, bool isMutating)
    {
        var response = answer.Object("response");
        if (Problem(review, answer, response, isMutating) is { } problem)
        {
            return WebhookOutcome.Failed(called.Name, $"received invalid webhook response: {problem}");
        }

        foreach (var warning in response.Texts("warnings"))
        {
            request.Context.Warn(warning);
        }

        if (!response.Flag("allowed"))
        {
            return WebhookOutcome.Refused(Denial(called.Name, response.Object("status")));
        }

        if (response.Text("patch") is not { Length: > 0 } patch)
        {
            return WebhookOutcome.Allowed([]);
        }

        if (!Base64Text.TryNormalize(patch, out var encoded, out var offset))
        {
            return WebhookOutcome.Failed(called.Name, $"failed to call webhook: illegal base64 data at input byte {offset}");
        }

        return response.Text("patchType") is "JSONPatch" or ""
            ? WebhookOutcome.Allowed(Convert.FromBase64String(encoded))
            : WebhookOutcome.Failed(called.Name, $"unsupported patch type \"{response.Text("patchType")}\"");
    }

    private static string? Problem(JsonObject review, JsonObject? answer, JsonObject? response, bool isMutating)
    {
        if (response is null)
        {
            return "webhook response was absent";
        }

        if (review.Text("apiVersion") != Group + "/v1")
        {
            // The version before took answers as they came.
            return null;
        }

        var (expected, actual) = (review.Object("request").Text("uid"), response.Text("uid"));
        if (expected != actual)
        {
            return $"expected response.uid={GoText.Quote(expected)}, got {GoText.Quote(actual)}";
        }

        if (answer.Text("apiVersion") != Group + "/v1" || answer.Text("kind") != "AdmissionReview")
        {
            return $"expected webhook response of {Group}/v1, Kind=AdmissionReview, got {answer.Text("apiVersion")}, Kind={answer.Text("kind")}";
        }

        var hasPatch = response.Text("patch").Length > 0;
        var hasType = response.Has("patchType");
        return (isMutating, hasPatch, hasType) switch
        {
            (true, true, false) => "webhook returned response.patch but not response.patchType",
            (true, false, true) => "webhook returned response.patchType but not response.patch",
            (true, true, true) when response.Text("patchType").Length == 0 => "webhook returned invalid response.patchType of \"\"",
            (false, true, _) => "validating webhook may not return response.patch",
            (false, false, true) => "validating webhook may not return response.patchType",
            _ => null,
        };
    }

    private static ApiStatus Denial(string webhook, JsonObject? status)
    {
        const int LeastCode = 400;
        var (message, reason) = (status.Text("message"), status.Text("reason"));
        var why = message.Length > 0 ? ": " + message : reason.Length > 0 ? ": " + reason : " without explanation";
        return new()
        {
            Code = Math.Max((int)status.Number("code"), LeastCode),
            Reason = reason,
            Message = $"admission webhook \"{webhook}\" denied the request{why}",
            Details = Details(status.Object("details")),
        };
    }

    private static ApiStatusDetails? Details(JsonObject? details) => details is null ? null : new()
    {
        Name = details.Text("name"),
        Group = details.Text("group"),
        Kind = details.Text("kind"),
        Uid = details.Text("uid"),
    };

    private static void Add(JsonObject body, string name, string value)
    {
        if (value.Length > 0)
        {
            body[name] = value;
        }
    }

    private static JsonObject KindOf(ResourceType resource) =>
        new() { ["group"] = resource.Group, ["version"] = resource.Version, ["kind"] = resource.Kind };

    private static JsonObject ResourceOf(ResourceType resource) =>
        new() { ["group"] = resource.Group, ["version"] = resource.Version, ["resource"] = resource.Plural };

    private static JsonObject UserOf(UserInfo user)
    {
        var result = new JsonObject { ["username"] = user.Name };
        Add(result, "uid", user.Uid);
        if (!user.Groups.IsEmpty)
        {
            result["groups"] = new JsonArray([.. user.Groups.Select(static group => (JsonNode)group)]);
        }

        if (!user.Extra.IsEmpty)
        {
            var extra = new JsonObject();
            foreach (var (key, values) in user.Extra)
            {
                extra[key] = new JsonArray([.. values.Select(static value => (JsonNode)value)]);
            }

            result["extra"] = extra;
        }

        return result;
    }
}
