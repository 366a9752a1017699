using System.Text.Json.Nodes;
using K124.Sim.Kinds.Validation;

namespace K124.Sim.Kinds.Strategies;

/// <summary>CSI drivers.</summary>
internal sealed class CSIDriverStrategy : KindStrategy
{
    private const long ShortestTokenSeconds = 600;
    private const long LongestTokenSeconds = 1L << 32;
    private static readonly FieldPath SpecPath = FieldPath.Of("spec");

    // The first path is misspelled in 1.24.
    private static readonly (string Member, string Path)[] Immutable =
    [
        ("attachRequired", "attachedRequired"),
        ("fsGroupPolicy", "fsGroupPolicy"),
        ("podInfoOnMount", "podInfoOnMount"),
        ("volumeLifecycleModes", "volumeLifecycleModes"),
    ];

    /// <inheritdoc/>
    public override string Group => "storage.k8s.io";

    /// <inheritdoc/>
    public override string Kind => "CSIDriver";

    /// <inheritdoc/>
    public override bool IsNamespaced => false;

    /// <inheritdoc/>
    public override bool AllowsUnconditionalUpdate => false;

    /// <inheritdoc/>
    public override void Default(JsonObject tree, string version)
    {
        var spec = tree.Ensure("spec");
        spec.Default("attachRequired", true);
        spec.Default("podInfoOnMount", false);
        spec.Default("storageCapacity", false);
        spec.Default("fsGroupPolicy", "ReadWriteOnceWithFSType");
        spec.Default("requiresRepublish", false);
        if (spec.Count("volumeLifecycleModes") == 0)
        {
            spec["volumeLifecycleModes"] = new JsonArray(JsonValue.Create("Persistent"));
        }
    }

    /// <inheritdoc/>
    public override void PrepareForUpdate(JsonObject tree, JsonObject old, KindContext context)
    {
        if (!SameInSpec(tree, old, "tokenRequests") || !SameInSpec(tree, old, "requiresRepublish"))
        {
            BumpGeneration(tree, old);
        }
    }

    /// <inheritdoc/>
    public override void Validate(JsonObject tree, KindContext context, FieldErrors errors)
    {
        ValidateMetadata(tree, errors);
        Spec(tree.Object("spec"), errors);
    }

    /// <inheritdoc/>
    public override void ValidateUpdate(JsonObject tree, JsonObject old, KindContext context, FieldErrors errors)
    {
        Spec(tree.Object("spec"), errors);
        ValidateMetadataUpdate(tree, old, errors);
        foreach (var (member, path) in Immutable)
        {
            if (!SameInSpec(tree, old, member))
            {
                errors.Immutable(SpecPath.Child(path), tree.Object("spec")?[member]);
            }
        }

        TokenRequests(tree.Object("spec").Objects("tokenRequests"), SpecPath.Child("tokenRequests"), errors);
    }

    private static void Spec(JsonObject? spec, FieldErrors errors)
    {
        if (spec.Text("fsGroupPolicy") is { } policy and not ("File" or "None" or "ReadWriteOnceWithFSType"))
        {
            errors.NotSupported(SpecPath.Child("fsGroupPolicy"), policy, "File", "None", "ReadWriteOnceWithFSType");
        }

        TokenRequests(spec.Objects("tokenRequests"), SpecPath.Child("tokenRequests"), errors);
        foreach (var mode in spec.Texts("volumeLifecycleModes"))
        {
            if (mode is not ("Persistent" or "Ephemeral"))
            {
                errors.NotSupported(SpecPath.Child("volumeLifecycleModes"), mode, "Persistent", "Ephemeral");
            }
        }
    }

    private static bool SameInSpec(JsonObject tree, JsonObject old, string member) =>
        JsonNode.DeepEquals(tree.Object("spec")?[member], old.Object("spec")?[member]);

    private static void TokenRequests(JsonObjects requests, FieldPath path, FieldErrors errors)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < requests.Count; i++)
        {
            var audience = requests[i].Text("audience");
            if (!seen.Add(audience))
            {
                errors.Duplicate(path.Index(i).Child("audience"), audience);
                continue;
            }

            var place = path.Index(i).Child("expirationSeconds");
            switch (requests[i].NumberOrNull("expirationSeconds"))
            {
                case { } seconds and < ShortestTokenSeconds:
                    errors.Invalid(place, seconds, "may not specify a duration less than 10 minutes");
                    break;
                case { } seconds and > LongestTokenSeconds:
                    errors.Invalid(place, seconds, "may not specify a duration larger than 2^32 seconds");
                    break;
            }
        }
    }
}
