using System.Text.Json.Nodes;
using K124.Sim.Kinds.Schema;
using K124.Sim.Kinds.Validation;
using K124.Sim.Kinds.Volumes;
using K124.Sim.Text;

namespace K124.Sim.Kinds.Pods;

/// <summary>Rules of volumes whose claim is made with the pod.</summary>
internal static class EphemeralRules
{
    private const string Forbidden = "cannot be set for an ephemeral volume";

    // Members that only stored objects have, with the server's spelling of them.
    private static readonly (string Member, string Spelling)[] NotInTemplates =
    [
        ("name", "name"), ("generateName", "generateName"), ("namespace", "namespace"), ("selfLink", "selfLink"), ("uid", "uID"),
        ("resourceVersion", "resourceVersion"), ("generation", "generation"), ("creationTimestamp", "creationTimestamp"),
        ("deletionTimestamp", "deletionTimestamp"), ("deletionGracePeriodSeconds", "deletionGracePeriodSeconds"),
        ("ownerReferences", "ownerReferences"), ("finalizers", "finalizers"), ("clusterName", "zZZ_DeprecatedClusterName"),
        ("managedFields", "managedFields"),
    ];

    /// <summary>Checks such a volume.</summary>
    public static void Ephemeral(JsonObject source, string name, string podName, FieldPath volume, FieldErrors errors)
    {
        var path = volume.Child("ephemeral", "volumeClaimTemplate");
        if (source.Object("volumeClaimTemplate") is not { } template)
        {
            errors.Required(path);
        }
        else
        {
            Template(template, path, errors);
        }

        if (podName.Length > 0 && name.Length > 0)
        {
            var claim = $"{podName}-{name}";
            foreach (var text in NameRules.Subdomain(claim))
            {
                errors.Invalid(volume.Child("name"), name, $"PVC name {GoText.Quote(claim)}: {text}");
            }
        }
    }

    private static void Template(JsonObject template, FieldPath path, FieldErrors errors)
    {
        var metadata = template.Object("metadata");
        var metadataPath = path.Child("metadata");
        LabelRules.Annotations(metadata.Object("annotations"), metadataPath.Child("annotations"), errors);
        LabelRules.Labels(metadata.Object("labels"), metadataPath.Child("labels"), errors);
        foreach (var (member, spelling) in NotInTemplates)
        {
            if (metadata.Has(member))
            {
                errors.Forbidden(metadataPath.Child(spelling), Forbidden);
            }
        }

        ClaimSpec(template.Object("spec"), path.Child("spec"), errors);
    }

    /// <summary>Checks the specification of a claim.</summary>
    public static void ClaimSpec(JsonObject? spec, FieldPath path, FieldErrors errors)
    {
        var modes = spec.Texts("accessModes");
        if (modes.Count == 0)
        {
            errors.Required(path.Child("accessModes"), "at least 1 access mode is required");
        }

        LabelRules.Selector(spec.Object("selector"), path.Child("selector"), errors);
        foreach (var mode in modes)
        {
            if (mode is not ("ReadOnlyMany" or "ReadWriteMany" or "ReadWriteOnce"))
            {
                errors.NotSupported(path.Child("accessModes"), mode, "ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce");
            }
        }

        var storage = path.Child("resources").Key("storage");
        if (spec.Object("resources", "requests").TextOrNull("storage") is not { } request)
        {
            errors.Required(storage);
        }
        else
        {
            ResourceRules.Value("storage", Quantities.Read(request), storage, errors);
            if (Quantities.Read(request) <= default(Model.Quantity))
            {
                errors.Invalid(storage, request, "must be greater than zero");
            }
        }

        if (spec.Text("storageClassName") is { Length: > 0 } name)
        {
            errors.InvalidAll(path.Child("storageClassName"), name, NameRules.Subdomain(name));
        }

        if (spec.TextOrNull("volumeMode") is { } volumeMode && volumeMode is not ("Block" or "Filesystem"))
        {
            errors.NotSupported(path.Child("volumeMode"), volumeMode, "Block", "Filesystem");
        }

        ClaimDataSources.Check(spec, path, errors);
    }
}
