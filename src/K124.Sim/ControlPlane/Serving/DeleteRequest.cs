using System.Text.Json.Nodes;
using K124.Sim.Api;
using K124.Sim.Kinds;
using K124.Sim.Text;

namespace K124.Sim.ControlPlane.Serving;

/// <summary>The options of a deletion.</summary>
internal sealed record DeleteRequest
{
    /// <summary>Seconds allowed for the deletion; null if the object decides.</summary>
    public long? GracePeriodSeconds { get; init; }

    /// <summary>What becomes of dependents; empty if the kind decides.</summary>
    public string Propagation { get; init; } = "";

    /// <summary>Uid that the object has to have; empty for any.</summary>
    public string Uid { get; init; } = "";

    /// <summary>Version that the object has to have; empty for any.</summary>
    public string ResourceVersion { get; init; } = "";

    /// <summary>Whether nothing is to be stored.</summary>
    public bool IsDryRun { get; init; }

    /// <summary>Reads the options out of a body, or the query if there is no body.</summary>
    /// <returns>What is wrong with them; null if nothing is.</returns>
    public static ApiStatus? Read(RequestQuery query, JsonObject? body, out DeleteRequest request)
    {
        request = new();
        string propagation;
        bool? orphan;
        long? grace;
        string[] dryRun;
        if (body is not null)
        {
            propagation = body.Text("propagationPolicy");
            orphan = body.FlagOrNull("orphanDependents");
            grace = body.NumberOrNull("gracePeriodSeconds");
            dryRun = [.. body.Texts("dryRun")];
        }
        else
        {
            if (query.TryNumber("gracePeriodSeconds", out grace) is { } badNumber)
            {
                return StatusErrors.BadRequest(badNumber);
            }

            propagation = query["propagationPolicy"];
            orphan = query.Has("orphanDependents") ? query.Flag("orphanDependents") : null;
            dryRun = query.All("dryRun");
        }

        if (Check(propagation, body is null ? query.Has("propagationPolicy") : body.Has("propagationPolicy"), orphan, dryRun) is { } wrong)
        {
            return wrong;
        }

        var preconditions = body.Object("preconditions");
        request = new()
        {
            GracePeriodSeconds = grace,
            Propagation = propagation.Length > 0 ? propagation : orphan switch { true => "Orphan", false => "Background", null => "" },
            Uid = preconditions.Text("uid"),
            ResourceVersion = preconditions.Text("resourceVersion"),
            IsDryRun = dryRun.Length > 0,
        };
        return null;
    }

    private static ApiStatus? Check(string propagation, bool hasPropagation, bool? orphan, string[] dryRun)
    {
        const string Field = "propagationPolicy";
        var causes = new List<ApiStatusCause>();
        if (hasPropagation && orphan is not null)
        {
            causes.Add(new(
                "FieldValueInvalid", $"Invalid value: {GoText.Quote(propagation)}: orphanDependents and deletionPropagation cannot be both set", Field));
        }

        if (hasPropagation && propagation is not ("Foreground" or "Background" or "Orphan"))
        {
            causes.Add(new(
                "FieldValueNotSupported",
                $"Unsupported value: {GoText.Quote(propagation)}: supported values: \"Foreground\", \"Background\", \"Orphan\", \"nil\"",
                Field));
        }

        WriteOptions.CheckDryRun(dryRun, causes);
        return causes.Count == 0 ? null : WriteOptions.Invalid("DeleteOptions", [.. causes]);
    }
}
