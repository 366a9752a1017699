using System.Text.Json.Nodes;
using K124.Sim.Kinds.Validation;

namespace K124.Sim.Kinds.Policy;

/// <summary>LimitRanges.</summary>
internal sealed class LimitRangeStrategy : KindStrategy
{
    /// <inheritdoc/>
    public override string Group => "";

    /// <inheritdoc/>
    public override string Kind => "LimitRange";

    /// <inheritdoc/>
    public override bool AllowsCreateOnUpdate => true;

    /// <inheritdoc/>
    /// <remarks>A limit range without a name is named before prefixes are looked at.</remarks>
    public override string GenerateName(string prefix, INameSource names) => names.NewUid();

    /// <inheritdoc/>
    public override void Default(JsonObject tree, string version)
    {
        foreach (var item in tree.Ensure("spec").Objects("limits"))
        {
            if (item.Text("type") == "Container")
            {
                Fill(item, "default", "max");
                Fill(item, "defaultRequest", "default");
                Fill(item, "defaultRequest", "min");
            }
        }
    }

    /// <inheritdoc/>
    public override void Validate(JsonObject tree, KindContext context, FieldErrors errors)
    {
        ValidateMetadata(tree, errors);
        LimitRangeRules.Limits(tree.Object("spec").Objects("limits"), FieldPath.Of("spec").Child("limits"), errors);
    }

    /// <inheritdoc/>
    public override void ValidateUpdate(JsonObject tree, JsonObject old, KindContext context, FieldErrors errors) =>
        Validate(tree, context, errors);

    private static void Fill(JsonObject item, string member, string source)
    {
        foreach (var (name, value) in item.Object(source) ?? [])
        {
            var amounts = item.Ensure(member);
            if (!amounts.ContainsKey(name))
            {
                amounts.Add(name, value!.DeepClone());
            }
        }
    }
}
