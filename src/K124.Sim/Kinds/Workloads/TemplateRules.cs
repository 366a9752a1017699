using System.Text.Json.Nodes;
using K124.Sim.Kinds.Pods;
using K124.Sim.Kinds.Validation;

namespace K124.Sim.Kinds.Workloads;

/// <summary>Rules of the templates from which workloads make pods.</summary>
internal static class TemplateRules
{
    /// <summary>Checks a template as every kind does that looks into it.</summary>
    public static void Template(JsonObject? template, bool allowsPrivileged, FieldPath path, FieldErrors errors)
    {
        var spec = template.Object("spec") ?? [];
        var specPath = path.Child("spec");
        Metadata(template, path, errors);
        PodAnnotationRules.Validate(template.Object("metadata", "annotations"), spec, path.Child("annotations"), errors);
        PodSpecRules.Validate(spec, "", allowsPrivileged, specPath, errors);
        if (spec.Count("ephemeralContainers") > 0)
        {
            errors.Forbidden(specPath.Child("ephemeralContainers"), "ephemeral containers not allowed in pod template");
        }
    }

    /// <summary>Checks labels and annotations of a template; their paths leave the metadata out.</summary>
    public static void Metadata(JsonObject? template, FieldPath path, FieldErrors errors)
    {
        var metadata = template.Object("metadata");
        LabelRules.Labels(metadata.Object("labels"), path.Child("labels"), errors);
        LabelRules.Annotations(metadata.Object("annotations"), path.Child("annotations"), errors);
    }

    /// <summary>Demands that the labels of the template meet the selector.</summary>
    public static void Matches(JsonObject? selector, JsonObject? template, FieldPath path, FieldErrors errors)
    {
        var labels = template.Object("metadata", "labels");
        if (!LabelMatch.Matches(selector, labels))
        {
            errors.InvalidPrinted(path.Child("metadata", "labels"), GoSyntax.StringMap(labels), "`selector` does not match template `labels`");
        }
    }

    /// <summary>Demands a restart policy that keeps pods running, and no deadline.</summary>
    /// <param name="template">The template.</param>
    /// <param name="kind">Kind that the message about deadlines names.</param>
    /// <param name="path">Path of the template.</param>
    /// <param name="errors">The errors.</param>
    public static void RunsForever(JsonObject? template, string kind, FieldPath path, FieldErrors errors)
    {
        var spec = template.Object("spec");
        if (spec.Text("restartPolicy") != "Always")
        {
            errors.NotSupported(path.Child("spec", "restartPolicy"), spec.Text("restartPolicy"), "Always");
        }

        if (spec.Has("activeDeadlineSeconds"))
        {
            errors.Forbidden(path.Child("spec", "activeDeadlineSeconds"), $"activeDeadlineSeconds in {kind} is not Supported");
        }
    }

    /// <summary>Demands that disks which several pods mount are read-only.</summary>
    public static void SharedDisks(JsonObject? template, FieldPath path, FieldErrors errors)
    {
        var volumes = template.Object("spec").Objects("volumes");
        for (var i = 0; i < volumes.Count; i++)
        {
            if (volumes[i].Object("gcePersistentDisk") is { } disk && !disk.Flag("readOnly"))
            {
                errors.InvalidPrinted(
                    path.Child("spec", "volumes").Index(i).Child("gcePersistentDisk", "readOnly"), "false",
                    "must be true for replicated pods > 1; GCE PD can only be mounted on multiple machines if it is read-only");
            }
        }
    }
}
