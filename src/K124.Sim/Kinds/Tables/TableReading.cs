using System.Text.Json.Nodes;

namespace K124.Sim.Kinds.Tables;

/// <summary>Members that tables read of every object.</summary>
internal static class TableReading
{
    public static IEnumerable<JsonObject> Items(this JsonObject? parent, string name) => parent.List(name)?.OfType<JsonObject>() ?? [];

    public static JsonObject? Metadata(this JsonObject item) => item.Object("metadata");

    public static JsonObject? Spec(this JsonObject item) => item.Object("spec");

    public static JsonObject? Status(this JsonObject item) => item.Object("status");

    public static string Name(this JsonObject item) => item.Metadata().Text("name");

    public static string? Annotation(this JsonObject item, string key) => item.Metadata().Object("annotations").TextOrNull(key);
}
