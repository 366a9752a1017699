using System.Text.Json;
using System.Text.Json.Nodes;
using K124.Sim.Model;

namespace K124.Sim.ControlPlane;

/// <summary>How a stored object of one resource turns from its record into its JSON form and back, losing nothing.</summary>
internal abstract class ObjectForm
{
    public abstract JsonObject ToTree(IApiObject typed);

    public abstract IApiObject ToTyped(JsonObject tree);
}

/// <summary>The form of a resource that the model has a record of.</summary>
internal sealed class ModelForm(Type type) : ObjectForm
{
    public override JsonObject ToTree(IApiObject typed) =>
        (JsonObject)JsonNode.Parse(KubernetesJson.SerializeToUtf8Bytes(typed))!;

    public override IApiObject ToTyped(JsonObject tree)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, TreeText.Written))
        {
            tree.WriteTo(writer);
        }

        return KubernetesJson.Deserialize(buffer.GetBuffer().AsSpan(0, (int)buffer.Length), type, Model.Json.ModelJsonOptions.Shared);
    }
}

/// <summary>The form of a resource that is JSON only, such as a custom one.</summary>
internal sealed class TreeForm : ObjectForm
{
    public static readonly TreeForm Instance = new();

    public override JsonObject ToTree(IApiObject typed) => throw new InvalidOperationException("The resource has no record.");

    public override IApiObject ToTyped(JsonObject tree) => throw new InvalidOperationException("The resource has no record.");
}
