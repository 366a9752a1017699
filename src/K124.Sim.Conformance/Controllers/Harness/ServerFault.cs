using System.Collections.Immutable;
using System.Text.Json;
using K124.Sim.Api;

namespace K124.Sim.Conformance.Controllers.Harness;

/// <summary>A refusal that the recorded server gave to certain calls.</summary>
/// <param name="json">Its recorded form.</param>
internal sealed class ServerFault(JsonElement json)
{
    private readonly string _verb = Text(json, "verb");
    private readonly string _resource = Text(json, "resource");
    private readonly string _subresource = Text(json, "subresource");
    private readonly string _name = Text(json, "name");
    private readonly int _onlyCall = Number(json, "onlyCall");
    private readonly int _fromCall = Number(json, "fromCall");

    private readonly ApiStatus _status = new()
    {
        Code = Number(json, "code"),
        Reason = Text(json, "reason"),
        Message = Text(json, "message"),
        Details = Text(json, "cause") is { Length: > 0 } cause ? new() { Causes = [new(cause, "")] } : null,
    };

    private int _calls;

    public static ImmutableArray<ServerFault> ReadAll(JsonElement testCase) =>
        testCase.TryGetProperty("faults", out var list) && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray().Select(static fault => new ServerFault(fault.Clone()))]
            : [];

    /// <summary>Counts a call.</summary>
    /// <returns>The refusal; null if the call is not refused.</returns>
    public ApiStatus? Meets(string verb, string resource, string subresource, string name)
    {
        if (verb != _verb || resource != _resource || subresource != _subresource || (_name.Length > 0 && name != _name))
        {
            return null;
        }

        _calls++;
        return (_onlyCall == 0 || _calls == _onlyCall) && _calls >= _fromCall ? _status : null;
    }

    private static string Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";

    private static int Number(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value.GetInt32() : 0;
}
