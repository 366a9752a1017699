using System.Globalization;
using System.Text.Json.Nodes;
using K124.Sim.Api;

namespace K124.Sim.ControlPlane.Serving;

/// <summary>The body of an <see cref="ApiStatus"/>.</summary>
internal static class StatusTree
{
    public static JsonObject Of(ApiStatus status)
    {
        var tree = Begin(status.Succeeded ? "Success" : "Failure");
        if (status.Continue.Length > 0)
        {
            tree["metadata"]!["continue"] = status.Continue;
        }

        Add(tree, "message", status.Message);
        Add(tree, "reason", status.Reason);
        if (status.Details is { } details)
        {
            tree["details"] = Of(details);
        }

        if (status.Code != 0)
        {
            tree["code"] = status.Code;
        }

        return tree;
    }

    /// <summary>What a deletion that left nothing behind answers.</summary>
    public static JsonObject Deleted(string group, string plural, string name, string uid)
    {
        var tree = Begin("Success");
        tree["details"] = Of(new ApiStatusDetails { Name = name, Group = group, Kind = plural, Uid = uid });
        return tree;
    }

    /// <summary>The answer to a refusal, with the headers that belong to it.</summary>
    public static ApiResponse Respond(ApiStatus status)
    {
        var response = ApiResponse.Of(status.Code, Of(status));
        if (status.Details?.RetryAfterSeconds is > 0 and var seconds)
        {
            response.Headers.Add(("Retry-After", seconds.ToString(CultureInfo.InvariantCulture)));
        }

        return response;
    }

    private static JsonObject Begin(string outcome) => new()
    {
        ["kind"] = "Status",
        ["apiVersion"] = "v1",
        ["metadata"] = new JsonObject(),
        ["status"] = outcome,
    };

    private static JsonObject Of(ApiStatusDetails details)
    {
        var tree = new JsonObject();
        Add(tree, "name", details.Name);
        Add(tree, "group", details.Group);
        Add(tree, "kind", details.Kind);
        Add(tree, "uid", details.Uid);
        if (details.Causes.Length > 0)
        {
            tree["causes"] = new JsonArray([.. details.Causes.Select(Of)]);
        }

        if (details.RetryAfterSeconds != 0)
        {
            tree["retryAfterSeconds"] = details.RetryAfterSeconds;
        }

        return tree;
    }

    private static JsonNode Of(ApiStatusCause cause)
    {
        var tree = new JsonObject();
        Add(tree, "reason", cause.Reason);
        Add(tree, "message", cause.Message);
        Add(tree, "field", cause.Field);
        return tree;
    }

    private static void Add(JsonObject tree, string name, string value)
    {
        if (value.Length > 0)
        {
            tree[name] = value;
        }
    }
}
