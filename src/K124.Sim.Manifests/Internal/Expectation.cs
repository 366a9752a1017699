using System.Collections.Immutable;
using System.Text.Json;
using K124.Sim.Model;
using K124.Sim.Model.Json;

namespace K124.Sim.Manifests.Internal;

/// <summary>Words for what the model expects and what it found instead.</summary>
internal static class Expectation
{
    private const int LongestQuote = 40;

    public static string Describe(Type type, ref readonly JsonWalker found)
    {
        var value = found.Token is JsonTokenType.Number ? $"{JsonShape.Describe(found.Token)} ({Shorten(found.Text)})" : JsonShape.Describe(found.Token);
        return $"expected {Describe(Nullable.GetUnderlyingType(type) ?? type)}, but found {value}{(IsQuotable(type, found.Token) ? " (quote the value to make it a string)" : "")}";
    }

    private static bool IsQuotable(Type type, JsonTokenType token) =>
        type == typeof(string) && token is JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False;

    private static string Describe(Type type) =>
        type == typeof(string) ? "a string"
        : type == typeof(bool) ? "a boolean"
        : type == typeof(int) ? "a whole number from -2147483648 to 2147483647"
        : type == typeof(long) ? "a whole number of 64 bits"
        : type == typeof(Quantity) ? "a quantity, such as \"500m\" or \"2Gi\""
        : type == typeof(DateTimeOffset) ? "a time, such as \"2022-05-03T12:00:00Z\""
        : type == typeof(IntOrString) ? "an integer or a string"
        : type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>) ? "an array"
        : "an object";

    private static string Shorten(string text) => text.Length <= LongestQuote ? text : text[..LongestQuote] + "...";
}
