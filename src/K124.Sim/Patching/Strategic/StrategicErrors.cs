using System.Text.Json;
using System.Text.Json.Nodes;
using K124.Sim.Api;
using K124.Sim.Text;

namespace K124.Sim.Patching.Strategic;

/// <summary>What is wrong with a strategic merge patch, and how the server answers to it.</summary>
internal static class StrategicErrors
{
    public static ApiStatus BadPrimitiveList() => PatchStatus.BadRequest("invalid patch format of primitive list");

    public static ApiStatus BadRetainKeys() => PatchStatus.BadRequest("invalid patch format of retainKeys");

    public static ApiStatus BadElementOrder() => PatchStatus.BadRequest("invalid patch format of setElementOrder list");

    public static ApiStatus ListOfLists() => PatchStatus.Rejected();

    public static ApiStatus NoMergeKey(JsonNode element, string mergeKey) =>
        PatchStatus.Internal($"map: {GoJson.Print(element)} does not contain declared merge key: {mergeKey}");

    public static ApiStatus UnknownDirective(JsonNode? directive, JsonNode map) =>
        PatchStatus.Internal($"unknown patch type: {GoJson.Print(directive)} in map: {GoJson.Print(map)}");

    public static ApiStatus MergeOfLists() => PatchStatus.Internal("merging lists cannot yet be specified in the patch");

    public static ApiStatus MixedElements(JsonNode? first, JsonNode? second) =>
        PatchStatus.Internal($"list element types are not identical: {GoType(first)}, {GoType(second)}");

    public static ApiStatus NoElements() => PatchStatus.Internal("no elements in any of the given slices");

    public static ApiStatus NoDeclaredMergeKey(string typeName) => PatchStatus.Internal($"cannot merge lists without merge key for {typeName}");

    public static ApiStatus UnknownField(string typeName, string field) =>
        PatchStatus.Internal($"unable to find api field in struct {typeName} for the json field {GoText.Quote(field)}");

    public static ApiStatus NotAStruct(string goKind) =>
        PatchStatus.Internal($"merging an object in json but data type is not struct, instead is: {goKind}");

    public static ApiStatus WrongArgument(string expected, JsonNode? actual) =>
        PatchStatus.Internal($"expected a {expected}, but received a {GoType(actual)}");

    public static string GoType(JsonNode? node) => node?.GetValueKind() switch
    {
        JsonValueKind.Object => "map[string]interface {}",
        JsonValueKind.Array => "[]interface {}",
        JsonValueKind.String => "string",
        JsonValueKind.True or JsonValueKind.False => "bool",
        JsonValueKind.Number => GoJson.TryGetInteger(node.AsValue(), out _) ? "int64" : "float64",
        _ => "%!s(<nil>)",
    };
}
