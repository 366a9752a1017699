using System.Text.Json.Nodes;
using K124.Sim.Kinds.Validation;

namespace K124.Sim.Kinds.Workloads;

/// <summary>Rules of the specification of Jobs, also in CronJobs.</summary>
/// <remarks>Kubernetes 1.24 pkg/apis/batch/validation.</remarks>
internal static class JobSpecRules
{
    private const int MostParallelismIndexed = 100_000;

    /// <summary>Checks a specification, without its selector.</summary>
    public static void Validate(JsonObject spec, KindContext context, FieldPath path, FieldErrors errors)
    {
        Numbers(spec, path, errors);
        var template = spec.Object("template");
        TemplateRules.Template(template, context.AllowsPrivileged, path.Child("template"), errors);
        var restart = path.Child("template", "spec").Child("restartPolicy");
        switch (template.Object("spec").Text("restartPolicy"))
        {
            case "OnFailure" or "Never":
                break;
            case "" or "Always":
                errors.Required(restart, "valid values: \"OnFailure\", \"Never\"");
                break;
            case var other:
                errors.NotSupported(restart, other, "OnFailure", "Never");
                break;
        }
    }

    /// <summary>Checks what the controller goes by: the selector, the numbers, and the mode that they are meant in.</summary>
    public static void SelectorAndNumbers(JsonObject spec, FieldPath path, FieldErrors errors)
    {
        Selector(spec, path, errors);
        Numbers(spec, path, errors);
    }

    /// <summary>Checks the selector of a stored Job, and that the template meets it.</summary>
    public static void Selector(JsonObject spec, FieldPath path, FieldErrors errors)
    {
        var selector = spec.Object("selector");
        if (selector is null)
        {
            errors.Required(path.Child("selector"));
        }
        else
        {
            LabelRules.Selector(selector, path.Child("selector"), errors);
        }

        if (LabelMatch.IsUsable(selector))
        {
            TemplateRules.Matches(selector, spec.Object("template"), path.Child("template"), errors);
        }
    }

    private static void Numbers(JsonObject spec, FieldPath path, FieldErrors errors)
    {
        foreach (var member in (ReadOnlySpan<string>)["parallelism", "completions", "activeDeadlineSeconds", "backoffLimit", "ttlSecondsAfterFinished"])
        {
            errors.NotNegative(path.Child(member), spec.NumberOrNull(member));
        }

        if (spec.TextOrNull("completionMode") is { } mode)
        {
            CompletionMode(spec, mode, path, errors);
        }
    }

    private static void CompletionMode(JsonObject spec, string mode, FieldPath path, FieldErrors errors)
    {
        if (mode is not ("NonIndexed" or "Indexed"))
        {
            errors.NotSupported(path.Child("completionMode"), mode, "NonIndexed", "Indexed");
        }

        if (mode != "Indexed")
        {
            return;
        }

        if (!spec.Has("completions"))
        {
            errors.Required(path.Child("completions"), "when completion mode is Indexed");
        }

        if (spec.NumberOrNull("parallelism") is { } parallelism and > MostParallelismIndexed)
        {
            errors.Invalid(
                path.Child("parallelism"), parallelism, $"must be less than or equal to {MostParallelismIndexed} when completion mode is Indexed");
        }
    }
}
