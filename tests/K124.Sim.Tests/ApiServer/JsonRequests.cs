using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace K124.Sim.Tests.ApiServer;

/// <summary>Requests in plain JSON.</summary>
internal static class JsonRequests
{
    public static async Task<JsonAnswer> SendAsync(this HttpClient client, string method, string path, string? body = null, string type = "application/json")
    {
        using var request = new HttpRequestMessage(new(method), path);
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8) { Headers = { ContentType = new MediaTypeHeaderValue(type) } };
        }

        using var response = await client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        var tree = text.StartsWith('{') ? JsonNode.Parse(text)!.AsObject() : new() { ["message"] = text };
        var warnings = response.Headers.TryGetValues("Warning", out var values) ? string.Join(';', values) : "";
        var retryAfter = response.Headers.TryGetValues("Retry-After", out var seconds) ? string.Concat(seconds) : "";
        return new((int)response.StatusCode, tree, warnings, retryAfter);
    }
}

internal sealed record JsonAnswer(int Code, JsonObject Tree, string Warnings, string RetryAfter)
{
    public string Message => (string?)Tree["message"] ?? "";
}
