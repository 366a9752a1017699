using System.Text.Json.Nodes;
using K124.Sim.Kinds.Schema;
using K124.Sim.Model;

namespace K124.Sim.ControlPlane.Serving;

/// <summary>The form of a built-in resource: its record, and the tree as the server writes it.</summary>
internal sealed class KindForm(Type record, SchemaType schema) : ObjectForm
{
    private readonly ModelForm _model = new(record);

    public override JsonObject ToTree(IApiObject typed)
    {
        var tree = ObjectDecoder.Decode(schema, _model.ToTree(typed), out _);
        ObjectWriter.Complete(schema, tree);
        Kinds.ObjectForms.DropEmptyMetadata(tree);
        return tree;
    }

    public override IApiObject ToTyped(JsonObject tree) => _model.ToTyped(tree);
}
