using System.Text.Json.Nodes;

namespace K124.Sim.Kinds.CustomResources;

/// <summary>A version of a custom resource.</summary>
internal sealed class CustomResourceVersion
{
    /// <summary>Reads a version of a definition.</summary>
    public CustomResourceVersion(JsonObject source)
    {
        Name = source.Text("name");
        IsServed = source.Flag("served");
        IsStorage = source.Flag("storage");
        IsDeprecated = source.Flag("deprecated");
        DeprecationWarning = source.Text("deprecationWarning");
        Schema = StructuralSchema.Of(source.Object("schema", "openAPIV3Schema")) ?? StructuralSchema.Anything;
        HasStatus = source.Object("subresources").Has("status");
        Scale = CustomResourceScale.Of(source.Object("subresources", "scale"));
        PrinterColumns = source.List("additionalPrinterColumns");
    }

    /// <summary>Name, for example <c>v1</c>.</summary>
    public string Name { get; }

    /// <summary>Whether it is served.</summary>
    public bool IsServed { get; }

    /// <summary>Whether objects are stored in it.</summary>
    public bool IsStorage { get; }

    /// <summary>Whether its use brings a warning.</summary>
    public bool IsDeprecated { get; }

    /// <summary>The definition's own warning; empty for the usual one.</summary>
    public string DeprecationWarning { get; }

    /// <summary>Schema of the objects.</summary>
    public StructuralSchema Schema { get; }

    /// <summary>Whether the status is a subresource.</summary>
    public bool HasStatus { get; }

    /// <summary>The scale subresource; null if there is none.</summary>
    public CustomResourceScale? Scale { get; }

    /// <summary>Columns of tables beside the name; null if the definition names none.</summary>
    public JsonArray? PrinterColumns { get; }
}
