using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using K124.Sim.Batch.CronJobs;
using K124.Sim.Batch.Jobs;
using K124.Sim.Conformance.Comparing;
using K124.Sim.Model;

namespace K124.Sim.Conformance.Jobs;

internal static partial class JobCases
{
    // The recordings were made at a fixed time.
    private static readonly DateTimeOffset RecordedCreation = new(2022, 5, 3, 12, 0, 0, TimeSpan.Zero);

    public static IEnumerable<string> ApiDifferences(JsonElement testCase)
    {
        var gates = ReadGates(testCase);
        var operation = testCase.GetProperty("op").GetString();
        var sent = testCase.GetProperty("object");
        var actual = operation switch
        {
            "create" => AdmissionNode(JobStrategy.Create(ReadJob(sent), testCase.GetProperty("uid").GetString()!, RecordedCreation, gates)),
            "update" => AdmissionNode(JobStrategy.Update(ReadJob(testCase.GetProperty("stored")), ReadJob(sent), gates)),
            "updateStatus" => AdmissionNode(JobStrategy.UpdateStatus(ReadJob(testCase.GetProperty("stored")), ReadJob(sent))),
            "validateCronJob" => AdmissionNode(CronJobStrategy.Validate(KubernetesJson.Deserialize<CronJob>(sent.GetRawText()), FindTimeZone)),
            _ => throw new JsonException($"unknown operation {operation}"),
        };
        var expected = JsonNode.Parse(testCase.GetProperty("expect").GetRawText())!.AsObject();
        if (expected["errors"] is JsonArray recorded && actual["errors"] is JsonArray decided)
        {
            SortErrors(expected, recorded);
            SortErrors(actual, decided);
            RemoveUnrecordedMessages(expected["errors"]!.AsArray(), actual["errors"]!.AsArray());
        }

        return JsonDifference.Between("expect", JsonDifference.Prune(expected, KeptMember), JsonDifference.Prune(actual, KeptMember));
    }

    /// <summary>Finds a time zone by its very IANA name: .NET knows Windows' names too, and looks past capitals.</summary>
    private static TimeZoneInfo? FindTimeZone(string name) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) && zone.HasIanaId && zone.Id == name ? zone : null;

    private static JsonObject AdmissionNode(JobAdmission admission) => admission.Job is { } job
        ? new() { ["job"] = ToNode(job) }
        : ErrorsNode(admission.Errors);

    private static JsonObject AdmissionNode(CronJobAdmission admission) => admission.CronJob is { } cronJob
        ? new() { ["valid"] = true, ["spec"] = ToNode(cronJob.Spec) }
        : ErrorsNode(admission.Errors);

    private static JsonObject ErrorsNode(ImmutableArray<FieldError> errors) => new()
    {
        ["errors"] = new JsonArray([.. errors.Select(error => new JsonObject
        {
            ["type"] = $"FieldValue{error.Type}",
            ["field"] = error.Field,
            ["detail"] = error.Detail,
            ["message"] = error.ToString(),
        })]),
    };

    private static void SortErrors(JsonObject owner, JsonArray errors) => owner["errors"] = new JsonArray([.. errors
        .Select(error => error!.DeepClone())
        .OrderBy(error => $"{error["field"]} {error["type"]} {error["detail"]}", StringComparer.Ordinal)]);

    /// <summary>A message that would print a whole object is not part of the recording.</summary>
    private static void RemoveUnrecordedMessages(JsonArray recorded, JsonArray decided)
    {
        for (var i = 0; i < recorded.Count && i < decided.Count; i++)
        {
            if (recorded[i]!["message"] is null)
            {
                decided[i]!.AsObject().Remove("message");
            }
        }
    }
}
