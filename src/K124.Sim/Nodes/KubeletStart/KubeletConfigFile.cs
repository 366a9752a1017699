using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using K124.Sim.Model;
using K124.Sim.Platform;
using K124.Sim.Text;

namespace K124.Sim.Nodes.KubeletStart;

/// <summary>Reads a kubelet's configuration file.</summary>
/// <remarks>Members that are not known are passed over, as the kubelet does after it has logged them.</remarks>
internal static class KubeletConfigFile
{
    private const string Kind = "KubeletConfiguration";

    private static readonly ImmutableArray<(string ApiVersion, ImmutableArray<string> Kinds)> Registered =
    [
        ("kubelet.config.k8s.io/v1alpha1", ["CredentialProviderConfig"]),
        ("kubelet.config.k8s.io/v1beta1", [Kind, "SerializedNodeConfigSource", "CredentialProviderConfig"]),
    ];

    /// <summary>Reads a file.</summary>
    /// <param name="text">Its text, which is JSON.</param>
    /// <param name="settings">Its settings, with the defaults of what it leaves out.</param>
    /// <param name="problem">Why it cannot be read, in the words of 1.24.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out KubeletSettings? settings, [NotNullWhen(false)] out string? problem)
    {
        settings = null;
        problem = ComponentConfigType.Fault(text, Registered, out _, out var kind)
            ?? (kind == Kind ? null : $"failed to decode {GoText.Quote(kind)} (wrong Kind)");
        if (problem is not null)
        {
            return false;
        }

        using var document = JsonDocument.Parse(text);
        var read = new KubeletSettings();
        foreach (var member in document.RootElement.EnumerateObject())
        {
            problem ??= Read(read, member);
        }

        settings = problem is null ? read : null;
        return problem is null;
    }

    private static string? Read(KubeletSettings settings, JsonProperty member)
    {
        if (member.Value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        switch (member.Name)
        {
            case "registerWithTaints":
                settings.Taints = [.. Items(member.Value).Select(taint => new KubeletTaint(TextOf(taint, "key"), TextOf(taint, "value"), TextOf(taint, "effect")))];
                return null;
            case "memorySwap":
                settings.SwapBehavior = TextOf(member.Value, "swapBehavior");
                return null;
            case "reservedMemory":
                settings.ReservedMemory = [.. Items(member.Value).SelectMany(ReservedMemory)];
                return null;
        }

        if (KubeletSetting.FindName(member.Name) is not { } setting)
        {
            return null;
        }

        if (!TryValue(setting.Kind, member.Value, out var value, out var problem))
        {
            return problem ?? $"json: cannot unmarshal {TypeOf(member.Value)} into Go struct field {Kind}.{member.Name} of type {GoType(setting.Kind)}";
        }

        if (setting.KeepsZero || !value.Equals(setting.Zero))
        {
            settings.Set(setting.Name, value);
        }

        return null;
    }

    private static bool TryValue(KubeletValueKind kind, JsonElement element, [NotNullWhen(true)] out object? value, out string? problem)
    {
        (value, problem) = (null, null);
        switch (kind, element.ValueKind)
        {
            case (KubeletValueKind.Bool, JsonValueKind.True or JsonValueKind.False):
                value = element.GetBoolean();
                break;
            case (KubeletValueKind.Int32, JsonValueKind.Number):
                value = element.TryGetInt32(out var number) ? (long)number : null;
                break;
            case (KubeletValueKind.Int64, JsonValueKind.Number):
                value = element.TryGetInt64(out var large) ? large : null;
                break;
            case (KubeletValueKind.Float64, JsonValueKind.Number):
                value = element.GetDouble();
                break;
            case (KubeletValueKind.Text, JsonValueKind.String):
                value = element.GetString();
                break;
            case (KubeletValueKind.Duration, JsonValueKind.String):
                value = GoDuration.TryParse(element.GetString()!, out var duration, out problem) ? duration : null;
                break;
            case (KubeletValueKind.TextList, JsonValueKind.Array):
                value = element.EnumerateArray().Select(item => item.ToString()).ToImmutableArray();
                break;
            case (KubeletValueKind.TextMap or KubeletValueKind.Thresholds, JsonValueKind.Object):
                value = element.EnumerateObject().ToImmutableSortedDictionary(item => item.Name, item => item.Value.ToString(), StringComparer.Ordinal);
                break;
            case (KubeletValueKind.BoolMap, JsonValueKind.Object):
                value = element.EnumerateObject()
                    .ToImmutableSortedDictionary(item => item.Name, item => item.Value.ValueKind == JsonValueKind.True, StringComparer.Ordinal);
                break;
        }

        return value is not null;
    }

    private static IEnumerable<(int NumaNode, string Resource, bool IsZero)> ReservedMemory(JsonElement entry)
    {
        var node = entry.TryGetProperty("numaNode", out var number) && number.TryGetInt32(out var value) ? value : 0;
        return entry.TryGetProperty("limits", out var limits) && limits.ValueKind == JsonValueKind.Object
            ? limits.EnumerateObject().Select(limit => (node, limit.Name, !Quantity.TryParse(limit.Value.ToString(), out var amount) || amount.IsZero))
            : [];
    }

    private static IEnumerable<JsonElement> Items(JsonElement element) => element.ValueKind == JsonValueKind.Array ? element.EnumerateArray() : [];

    private static string TextOf(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value.ToString() : "";

    private static string TypeOf(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => "string",
        JsonValueKind.Number => element.TryGetInt64(out _) ? "number" : $"number {element.GetRawText()}",
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        _ => "bool",
    };

    private static string GoType(KubeletValueKind kind) => kind switch
    {
        KubeletValueKind.Bool => "bool",
        KubeletValueKind.Int32 => "int32",
        KubeletValueKind.Int64 => "int64",
        KubeletValueKind.Float64 => "float64",
        KubeletValueKind.TextList => "[]string",
        KubeletValueKind.TextMap or KubeletValueKind.Thresholds => "map[string]string",
        KubeletValueKind.BoolMap => "map[string]bool",
        _ => "string",
    };
}
