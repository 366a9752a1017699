using System.Text.Json.Nodes;
using K124.Sim.Kinds.Validation;
using K124.Sim.Text;

namespace K124.Sim.Kinds.Strategies;

/// <summary>Events of the core group and of <c>events.k8s.io</c>: the same objects under other names, with stricter rules in the latter.</summary>
/// <param name="isCore">Whether it is the kind of the core group.</param>
internal sealed class EventStrategy(bool isCore) : KindStrategy
{
    private const int LongestWord = 128;
    private const int LongestMessage = 1024;
    private const string Unset = "needs to be unset";

    // Errors name members as the core group does.
    private static readonly (string Core, string Events)[] Immutable =
    [
        ("involvedObject", "regarding"),
        ("reason", "reason"),
        ("message", "note"),
        ("source", "deprecatedSource"),
        ("firstTimestamp", "deprecatedFirstTimestamp"),
        ("lastTimestamp", "deprecatedLastTimestamp"),
        ("count", "deprecatedCount"),
        ("reason", "reason"),
        ("type", "type"),
        ("eventTime", "eventTime"),
        ("action", "action"),
        ("related", "related"),
        ("reportingController", "reportingController"),
        ("reportingInstance", "reportingInstance"),
    ];

    /// <inheritdoc/>
    public override string Group => isCore ? "" : "events.k8s.io";

    /// <inheritdoc/>
    public override string Kind => "Event";

    /// <inheritdoc/>
    public override string ErrorGroup => "";

    /// <inheritdoc/>
    public override bool AllowsCreateOnUpdate => true;

    /// <inheritdoc/>
    public override void Validate(JsonObject tree, KindContext context, FieldErrors errors)
    {
        Common(tree, errors);
        if (!isCore)
        {
            ValidateMetadata(tree, errors);
            Series(tree.Object("series"), errors);
            Strict(tree, errors);
        }
    }

    /// <inheritdoc/>
    public override void ValidateUpdate(JsonObject tree, JsonObject old, KindContext context, FieldErrors errors)
    {
        Common(tree, errors);
        if (isCore)
        {
            return;
        }

        ValidateMetadataUpdate(tree, old, errors);
        if (!Same(tree, old, "series"))
        {
            Series(tree.Object("series"), errors);
        }

        foreach (var (core, events) in Immutable)
        {
            if (!Same(tree, old, events))
            {
                errors.InvalidPrinted(FieldPath.Of(core), Printed(events, tree[events]), "field is immutable");
            }
        }
    }

    private void Common(JsonObject tree, FieldErrors errors)
    {
        var ns = tree.Object("metadata").Text("namespace");
        var about = tree.Object(isCore ? "involvedObject" : "regarding").Text("namespace");
        var isNew = tree.Has("eventTime");
        var agrees = about.Length > 0
            ? isNew || ns == about
            : ns == "default" || (isNew ? ns == "kube-system" : ns.Length == 0);
        if (!agrees)
        {
            errors.Invalid(FieldPath.Of("involvedObject.namespace"), about, "does not match event.namespace");
        }

        if (isNew)
        {
            Reporting(tree, errors);
        }

        errors.InvalidAll(FieldPath.Of("namespace"), ns, NameRules.Subdomain(ns));
    }

    private void Reporting(JsonObject tree, FieldErrors errors)
    {
        var controller = tree.Text(isCore ? "reportingComponent" : "reportingController");
        if (controller.Length == 0)
        {
            errors.Required(FieldPath.Of("reportingController"));
        }

        errors.InvalidAll(FieldPath.Of("reportingController"), controller, NameRules.QualifiedName(controller));
        foreach (var member in (ReadOnlySpan<string>)["reportingInstance", "action", "reason"])
        {
            var text = tree.Text(member);
            if (text.Length == 0)
            {
                errors.Required(FieldPath.Of(member));
            }

            Limit(text, LongestWord, member, errors);
        }

        Limit(tree.Text(isCore ? "message" : "note"), LongestMessage, "message", errors);
    }

    private static string Printed(string member, JsonNode? value) => member switch
    {
        "eventTime" or "deprecatedFirstTimestamp" or "deprecatedLastTimestamp" => GoTime.Print(JsonTree.AsText(value)),
        "deprecatedCount" => GoSyntax.Print(value ?? JsonValue.Create(0L)),
        "regarding" => GoStruct.Print("api.core.v1.ObjectReference", value),
        "deprecatedSource" => GoStruct.Print("api.core.v1.EventSource", value),
        "related" => value is null ? GoSyntax.Print(null) : GoStruct.Print("api.core.v1.ObjectReference", value),
        _ => GoSyntax.Print(value ?? JsonValue.Create("")),
    };

    private static void Limit(string text, int longest, string member, FieldErrors errors)
    {
        if (NameRules.Utf8Length(text) > longest)
        {
            errors.Invalid(FieldPath.Of(member), "", $"can have at most {longest} characters");
        }
    }

    private static void Series(JsonObject? series, FieldErrors errors)
    {
        if (series is null)
        {
            return;
        }

        if (series.Number("count") < 2)
        {
            errors.Invalid(FieldPath.Of("series.count"), "", "should be at least 2");
        }

        if (!series.Has("lastObservedTime"))
        {
            errors.Required(FieldPath.Of("series.lastObservedTime"));
        }
    }

    private static void Strict(JsonObject tree, FieldErrors errors)
    {
        if (!tree.Has("eventTime"))
        {
            errors.Required(FieldPath.Of("eventTime"));
        }

        if (tree.Text("type") is not ("Normal" or "Warning"))
        {
            errors.Invalid(FieldPath.Of("type"), "", $"has invalid value: {tree.Text("type")}");
        }

        foreach (var (core, events) in ((string, string)[])[
            ("firstTimestamp", "deprecatedFirstTimestamp"), ("lastTimestamp", "deprecatedLastTimestamp"), ("count", "deprecatedCount")])
        {
            if (tree.Has(events))
            {
                errors.Invalid(FieldPath.Of(core), "", Unset);
            }
        }

        if (!tree.Object("deprecatedSource").IsEmpty())
        {
            errors.Invalid(FieldPath.Of("source"), "", Unset);
        }
    }
}
