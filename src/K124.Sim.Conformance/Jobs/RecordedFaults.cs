using System.Text.Json;
using K124.Sim.Batch.Jobs.Syncing;
using K124.Sim.Model;

namespace K124.Sim.Conformance.Jobs;

/// <summary>Answers of the API server with the failures of a case.</summary>
internal sealed class RecordedFaults : JobApiAnswers
{
    private int _createSucceedsFirst = int.MaxValue;
    private int[] _createFailIndexes = [];
    private bool _createNamespaceTerminating;
    private string[] _deleteFailPods = [];
    private string[] _deleteNotFoundPods = [];
    private string[] _patchFailPods = [];
    private string[] _patchNotFoundPods = [];
    private int[] _statusUpdateFailCalls = [];
    private int[] _statusUpdateConflictCalls = [];

    /// <exception cref="JsonException">A fault is unknown.</exception>
    public static RecordedFaults Read(JsonElement json)
    {
        var faults = new RecordedFaults();
        foreach (var member in json.EnumerateObject())
        {
            faults.Set(member.Name, member.Value);
        }

        return faults;
    }

    /// <inheritdoc/>
    public override ApiResult CreatePod(Job job, int index, int attempts) =>
        _createNamespaceTerminating ? new(ApiVerdict.NamespaceTerminating, $"namespace {job.Metadata.Namespace} is being terminated")
        : attempts >= _createSucceedsFirst || _createFailIndexes.Contains(index) ? new(ApiVerdict.Failed, "create fault")
        : ApiResult.Ok;

    /// <inheritdoc/>
    public override ApiResult DeletePod(string name) =>
        _deleteFailPods.Contains(name) ? new(ApiVerdict.Failed, "delete fault")
        : _deleteNotFoundPods.Contains(name) ? NotFound(name)
        : ApiResult.Ok;

    /// <inheritdoc/>
    public override ApiResult PatchPod(string name) =>
        _patchFailPods.Contains(name) ? new(ApiVerdict.Failed, "patch fault")
        : _patchNotFoundPods.Contains(name) ? NotFound(name)
        : ApiResult.Ok;

    /// <inheritdoc/>
    public override ApiResult WriteStatus(Job job, int call) =>
        _statusUpdateConflictCalls.Contains(call)
            ? new(ApiVerdict.Conflict, $"Operation cannot be fulfilled on jobs.batch \"{job.Metadata.Name}\": the object has been modified")
        : _statusUpdateFailCalls.Contains(call) ? new(ApiVerdict.Failed, "status update fault")
        : ApiResult.Ok;

    private static ApiResult NotFound(string pod) => new(ApiVerdict.NotFound, $"pods \"{pod}\" not found");

    private static string[] Strings(JsonElement list) => [.. list.EnumerateArray().Select(static text => text.GetString()!)];

    private static int[] Integers(JsonElement list) => [.. list.EnumerateArray().Select(static number => number.GetInt32())];

    private void Set(string name, JsonElement value)
    {
        switch (name)
        {
            case "createSucceedsFirst":
                _createSucceedsFirst = value.GetInt32();
                break;
            case "createFailIndexes":
                _createFailIndexes = Integers(value);
                break;
            case "createNamespaceTerminating":
                _createNamespaceTerminating = value.GetBoolean();
                break;
            case "deleteFailPods":
                _deleteFailPods = Strings(value);
                break;
            case "deleteNotFoundPods":
                _deleteNotFoundPods = Strings(value);
                break;
            case "patchFailPods":
                _patchFailPods = Strings(value);
                break;
            case "patchNotFoundPods":
                _patchNotFoundPods = Strings(value);
                break;
            case "statusUpdateFailCalls":
                _statusUpdateFailCalls = Integers(value);
                break;
            case "statusUpdateConflictCalls":
                _statusUpdateConflictCalls = Integers(value);
                break;
            default:
                throw new JsonException($"unknown fault {name}");
        }
    }
}
