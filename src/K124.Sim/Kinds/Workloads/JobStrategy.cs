using System.Globalization;
using System.Text.Json.Nodes;
using K124.Sim.Kinds.Pods;
using K124.Sim.Kinds.Schema;
using K124.Sim.Kinds.Validation;
using K124.Sim.Text;

namespace K124.Sim.Kinds.Workloads;

/// <summary>Jobs.</summary>
internal sealed class JobStrategy : KindStrategy
{
    private const string TrackingAnnotation = "batch.kubernetes.io/job-tracking";
    private const string TrackingGate = "JobTrackingWithFinalizers";
    private const string UidLabel = "controller-uid";
    private const string NameLabel = "job-name";

    private static readonly FieldPath SpecPath = FieldPath.Of("spec");

    /// <inheritdoc/>
    public override string Group => "batch";

    /// <inheritdoc/>
    public override string Kind => "Job";

    /// <inheritdoc/>
    public override bool HasStatus => true;

    /// <inheritdoc/>
    public override string GenerationMember => "spec";

    private SchemaType SpecType => SchemaIn("v1").Field("spec").Shape.Type!;

    /// <inheritdoc/>
    public override void Default(JsonObject tree, string version)
    {
        var spec = tree.Ensure("spec");
        PodDefaults.FillTemplate(spec.Ensure("template"));
        if (!spec.Has("completions") && !spec.Has("parallelism"))
        {
            spec["completions"] = 1L;
        }

        spec.Default("parallelism", 1);
        spec.Default("backoffLimit", 6);
        spec.Default("completionMode", "NonIndexed");
        spec.Default("suspend", false);
        DefaultLabels(tree);
    }

    /// <inheritdoc/>
    public override void PrepareForCreate(JsonObject tree, KindContext context)
    {
        base.PrepareForCreate(tree, context);
        Track(tree, context);
        var spec = tree.Ensure("spec");
        if (!spec.Flag("manualSelector"))
        {
            GenerateSelector(tree, spec);
            ShareLabels(tree, context);
        }

        PodDisabledFields.Drop(spec.Object("template", "spec") ?? [], null, context.Gates);

        // The object is read back from storage, where defaults are applied once more.
        DefaultLabels(tree);
    }

    /// <inheritdoc/>
    public override void Validate(JsonObject tree, KindContext context, FieldErrors errors)
    {
        ValidateMetadata(tree, errors);
        GeneratedSelector(tree, errors);
        Spec(tree, context, errors);
        if (!context.Gates.IsEnabled(TrackingGate) && tree.Object("metadata", "annotations").Has(TrackingAnnotation))
        {
            errors.Forbidden(FieldPath.Of("metadata").Child("annotations").Key(TrackingAnnotation), "cannot add this annotation");
        }

        IndexedName(tree, errors);
    }

    /// <inheritdoc/>
    public override void WarnOnCreate(JsonObject tree, KindContext context)
    {
        var template = tree.Object("spec", "template");
        PodWarnings.Warn(template.Object("metadata"), template.Object("spec"), SpecPath.Child("template"), context);
    }

    /// <inheritdoc/>
    public override void PrepareForUpdate(JsonObject tree, JsonObject old, KindContext context)
    {
        if (!context.Gates.IsEnabled(TrackingGate) && !old.Object("metadata", "annotations").Has(TrackingAnnotation))
        {
            tree.Object("metadata", "annotations")?.Remove(TrackingAnnotation);
        }

        PodDisabledFields.Drop(tree.Object("spec", "template").Object("spec") ?? [], old.Object("spec", "template").Object("spec"), context.Gates);
        base.PrepareForUpdate(tree, old, context);
    }

    /// <inheritdoc/>
    public override void ValidateUpdate(JsonObject tree, JsonObject old, KindContext context, FieldErrors errors)
    {
        ValidateMetadata(tree, errors);
        GeneratedSelector(tree, errors);
        Spec(tree, context, errors);
        if (tree.Object("metadata", "annotations").Has(TrackingAnnotation) && !old.Object("metadata", "annotations").Has(TrackingAnnotation))
        {
            errors.Forbidden(FieldPath.Of("metadata").Child("annotations").Key(TrackingAnnotation), "cannot add this annotation");
        }

        IndexedName(tree, errors);
        ValidateMetadataUpdate(tree, old, errors);
        Spec(tree, context, errors);
        Immutable(tree, old, "completions", errors);
        Immutable(tree, old, "selector", errors);
        Template(tree, old, context, errors);
        Immutable(tree, old, "completionMode", errors);
    }

    /// <inheritdoc/>
    public override void WarnOnUpdate(JsonObject tree, JsonObject old, KindContext context)
    {
        if (tree.Object("metadata").Number("generation") != old.Object("metadata").Number("generation"))
        {
            WarnOnCreate(tree, context);
        }
    }

    /// <inheritdoc/>
    public override void ValidateStatusUpdate(JsonObject tree, JsonObject old, KindContext context, FieldErrors errors)
    {
        ValidateMetadataUpdate(tree, old, errors);
        var status = tree.Object("status");
        StatusCounters.NotNegative(status, errors, "active", "succeeded", "failed", "ready");
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var list in (ReadOnlySpan<string>)["succeeded", "failed"])
        {
            var uids = status.Object("uncountedTerminatedPods").Texts(list);
            for (var i = 0; i < uids.Count; i++)
            {
                var path = FieldPath.Of("status").Child("uncountedTerminatedPods", list).Index(i);
                if (uids[i].Length == 0)
                {
                    errors.Invalid(path, "", "must not be empty");
                }
                else if (!seen.Add(uids[i]))
                {
                    errors.Duplicate(path, uids[i]);
                }
            }
        }
    }

    private static void DefaultLabels(JsonObject tree)
    {
        var labels = tree.Object("spec", "template").Object("metadata", "labels");
        var metadata = tree.Ensure("metadata");
        if (!labels.IsEmpty() && metadata.Object("labels").IsEmpty())
        {
            metadata["labels"] = labels!.DeepClone();
        }
    }

    /// <summary>Labels that the object got from its template stay those of the template, with what is generated there.</summary>
    private static void ShareLabels(JsonObject tree, KindContext context)
    {
        if (context.Sent is { } sent && sent.Object("metadata", "labels").IsEmpty() && !sent.Object("spec", "template").Object("metadata", "labels").IsEmpty())
        {
            tree.Ensure("metadata")["labels"] = tree.Object("spec", "template").Object("metadata", "labels")!.DeepClone();
        }
    }

    /// <summary>Whether its pods are counted by their finalizers is decided when a Job is made.</summary>
    private static void Track(JsonObject tree, KindContext context)
    {
        if (context.Gates.IsEnabled(TrackingGate))
        {
            tree.Ensure("metadata").Ensure("annotations")[TrackingAnnotation] = "";
        }
        else
        {
            tree.Object("metadata", "annotations")?.Remove(TrackingAnnotation);
        }
    }

    private static void GenerateSelector(JsonObject tree, JsonObject spec)
    {
        var metadata = tree.Object("metadata");
        var labels = spec.Ensure("template").Ensure("metadata").Ensure("labels");
        labels.Default(NameLabel, metadata.Text("name"));
        labels.Default(UidLabel, metadata.Text("uid"));
        spec.Ensure("selector").Ensure("matchLabels").Default(UidLabel, metadata.Text("uid"));
    }

    private static void GeneratedSelector(JsonObject tree, FieldErrors errors)
    {
        var spec = tree.Object("spec");
        if (spec.Flag("manualSelector") || spec.Object("selector") is not { } selector)
        {
            return;
        }

        var metadata = tree.Object("metadata");
        var expected = new JsonObject { [UidLabel] = metadata.Text("uid"), [NameLabel] = metadata.Text("name") };
        var labels = spec.Object("template").Object("metadata", "labels");
        foreach (var (key, value) in expected)
        {
            var path = SpecPath.Child("template", "metadata").Child("labels").Key(key);
            var text = JsonTree.AsText(value);
            if (labels.TextOrNull(key) is not { } actual)
            {
                errors.Required(path, $"must be '{text}'");
            }
            else if (actual != text)
            {
                errors.InvalidPrinted(path, GoSyntax.StringMap(labels), $"must be '{text}'");
            }
        }

        if (LabelMatch.IsUsable(selector) && !LabelMatch.Matches(selector, expected))
        {
            errors.InvalidValue(SpecPath.Child("selector"), selector, "`selector` not auto-generated");
        }
    }

    private static void Spec(JsonObject tree, KindContext context, FieldErrors errors)
    {
        var spec = tree.Ensure("spec");
        JobSpecRules.Validate(spec, context, SpecPath, errors);
        JobSpecRules.Selector(spec, SpecPath, errors);
    }

    private static void IndexedName(JsonObject tree, FieldErrors errors)
    {
        var spec = tree.Object("spec");
        if (spec.Text("completionMode") != "Indexed" || spec.NumberOrNull("completions") is not > 0)
        {
            return;
        }

        var name = tree.Object("metadata").Text("name");
        var longest = string.Create(CultureInfo.InvariantCulture, $"{name}-{spec.Number("completions") - 1}");
        if (NameRules.DnsLabel(longest).Length > 0)
        {
            errors.Invalid(FieldPath.Of("metadata").Child("name"), name, $"will not able to create pod with invalid DNS label: {longest}");
        }
    }

    private void Immutable(JsonObject tree, JsonObject old, string member, FieldErrors errors)
    {
        if (!SchemaEquality.MemberEquals(SpecType, tree.Object("spec"), old.Object("spec"), member))
        {
            errors.Immutable(SpecPath.Child(member), tree.Object("spec")?[member]);
        }
    }

    // Where pods of a Job go may change until the first of them could have started.
    private static void Template(JsonObject tree, JsonObject old, KindContext context, FieldErrors errors)
    {
        var kept = old.Object("spec", "template")?.DeepClone().AsObject() ?? [];
        var mayMove = context.Gates.IsEnabled("JobMutableNodeSchedulingDirectives") && old.Object("spec").Flag("suspend") && !old.Object("status").Has("startTime");
        if (mayMove)
        {
            MoveDirectives(kept, tree.Object("spec", "template"));
        }

        var type = SchemaFacts.Instance.Type("api.core.v1.PodTemplateSpec");
        if (!SchemaEquality.Equals(type, kept, tree.Object("spec", "template")))
        {
            errors.Immutable(SpecPath.Child("template"), tree.Object("spec")?["template"]);
        }
    }

    private static void MoveDirectives(JsonObject kept, JsonObject? given)
    {
        var metadata = kept.Ensure("metadata");
        metadata.CopyFrom(given.Object("metadata"), "annotations");
        metadata.CopyFrom(given.Object("metadata"), "labels");
        var spec = kept.Ensure("spec");
        var givenSpec = given.Object("spec");
        spec.CopyFrom(givenSpec, "nodeSelector");
        spec.CopyFrom(givenSpec, "tolerations");
        if (givenSpec.Object("affinity") is { } affinity)
        {
            spec.Ensure("affinity").CopyFrom(affinity, "nodeAffinity");
        }
        else if (spec.Object("affinity") is { } before)
        {
            before.Remove("nodeAffinity");
            if (before.Count == 0)
            {
                spec.Remove("affinity");
            }
        }
    }
}
