using System.Text.Json.Nodes;
using K124.Sim.Kinds.Pods;
using K124.Sim.Kinds.Schema;
using K124.Sim.Kinds.Validation;
using K124.Sim.Text;

namespace K124.Sim.Kinds.Strategies;

/// <summary>The CSI drivers of nodes.</summary>
internal sealed class CSINodeStrategy : KindStrategy
{
    private const int LongestNodeId = 256;
    private static readonly FieldPath DriversPath = FieldPath.Of("spec.drivers");

    /// <inheritdoc/>
    public override string Group => "storage.k8s.io";

    /// <inheritdoc/>
    public override string Kind => "CSINode";

    /// <inheritdoc/>
    public override bool IsNamespaced => false;

    /// <inheritdoc/>
    public override bool AllowsUnconditionalUpdate => false;

    /// <inheritdoc/>
    public override void Validate(JsonObject tree, KindContext context, FieldErrors errors)
    {
        ValidateMetadata(tree, errors);
        var names = new HashSet<string>(StringComparer.Ordinal);
        var index = 0;
        foreach (var driver in tree.Object("spec").Objects("drivers"))
        {
            Driver(driver, names, DriversPath.Index(index++), errors);
        }
    }

    /// <inheritdoc/>
    public override void ValidateUpdate(JsonObject tree, JsonObject old, KindContext context, FieldErrors errors)
    {
        Validate(tree, context, errors);
        Validate(tree, context, errors);
        var type = SchemaFacts.Instance.Type("api.storage.v1.CSINodeDriver");
        foreach (var before in old.Object("spec").Objects("drivers"))
        {
            foreach (var after in tree.Object("spec").Objects("drivers"))
            {
                if (before.Text("name") == after.Text("name") && !SchemaEquality.Equals(type, after, before))
                {
                    errors.ImmutablePrinted(FieldPath.Of("CSINodeDriver"), GoStruct.Print(type.Name, after));
                }
            }
        }
    }

    private static void Driver(JsonObject driver, HashSet<string> names, FieldPath path, FieldErrors errors)
    {
        var name = driver.Text("name");
        VolumeSourceRules.DriverName(name, path.Child("name"), errors);
        NodeId(driver.Text("nodeID"), path.Child("nodeID"), errors);
        errors.NotNegative(path.Child("allocatable", "count"), driver.Object("allocatable").NumberOrNull("count"));
        if (!names.Add(name))
        {
            errors.Duplicate(path.Child("name"), name);
        }

        TopologyKeys(driver, path, errors);
    }

    private static void NodeId(string id, FieldPath path, FieldErrors errors)
    {
        if (id.Length == 0)
        {
            errors.Required(path);
        }
        else if (NameRules.Utf8Length(id) > LongestNodeId)
        {
            errors.Invalid(path, id, $"must be {LongestNodeId} characters or less");
        }
    }

    private static void TopologyKeys(JsonObject driver, FieldPath path, FieldErrors errors)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var key in driver.Texts("topologyKeys"))
        {
            if (key.Length == 0)
            {
                errors.Required(path);
            }

            if (!seen.Add(key))
            {
                errors.Duplicate(path, key);
            }

            foreach (var wrong in NameRules.QualifiedName(key))
            {
                errors.Invalid(path, key, wrong);
            }
        }
    }
}
