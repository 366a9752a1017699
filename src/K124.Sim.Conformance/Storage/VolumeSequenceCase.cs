using System.Globalization;
using System.Text.Json;
using K124.Sim.Conformance.Comparing;
using K124.Sim.Conformance.Scheduler;
using K124.Sim.Model;
using K124.Sim.Storage.Binding;

namespace K124.Sim.Conformance.Storage;

/// <summary>Several pods one after another, with reservations, roll-backs, PreBind and changes of the API between.</summary>
internal sealed class VolumeSequenceCase
{
    private const ulong FirstVersion = 1_000;

    private readonly VolumeWorld _world;
    private readonly Comparison _comparison = new();
    private ulong _version = FirstVersion;

    private VolumeSequenceCase(VolumeWorld world) => _world = world;

    public static CaseOutcome Verify(JsonElement testCase, KubernetesRelease? recordedRelease = null)
    {
        CaseReader.DemandOnly(testCase, "id", "baseId", "kubernetes", "covers", "cluster", "steps", "expect");
        var run = new VolumeSequenceCase(new(testCase, recordedRelease));
        var expectations = testCase.GetProperty("expect");
        var index = 0;
        foreach (var (step, expect) in testCase.GetProperty("steps").EnumerateArray().Zip(expectations.EnumerateArray()))
        {
            run.Take(step, expect, $"expect[{index}].");
            index++;
        }

        run._comparison.Equal(
            "expect.length",
            expectations.GetArrayLength().ToString(CultureInfo.InvariantCulture),
            testCase.GetProperty("steps").GetArrayLength().ToString(CultureInfo.InvariantCulture));
        return run._comparison.Outcome;
    }

    private void Take(JsonElement step, JsonElement expect, string path)
    {
        CaseReader.DemandOnly(step, "op", "pod", "podKey", "controllerUpdates", "podDeletedMeanwhile", "object", "kind", "namespace", "name");
        CaseReader.DemandOnly(
            expect, "result", "error", "preFilter", "filter", "feasible", "totals", "best", "message", "podVolumes", "node", "allBound", "code", "apiWrites", "assumed");
        switch (step.GetProperty("op").GetString())
        {
            case "schedule":
                Schedule(CaseReader.Read<Pod>(step.GetProperty("pod")), expect, path);
                break;
            case "unreserve":
                _world.Scheduler.Forget(Key(step));
                break;
            case "preBind":
                PreBind(step, Key(step), expect, path);
                break;
            case "apply":
                Apply(Read(step.GetProperty("object")));
                break;
            case "delete":
                _world.Scheduler.Delete(
                    ApiKind.All.Single(kind => kind.Kind == step.GetProperty("kind").GetString()),
                    new(SnapshotCase.Text(step, "namespace") ?? "", step.GetProperty("name").GetString()!));
                break;
            case var unknown:
                throw new JsonException($"unknown operation '{unknown}'");
        }

        _world.CompareAssumed(_comparison, path + "assumed", expect);
    }

    private void Schedule(Pod pod, JsonElement expect, string path)
    {
        var answer = _world.Scheduler.Explain(pod);
        VolumeDecisionCase.Compare(_comparison, path, expect, _world, pod, answer);
        _comparison.Equal(
            path + "totals",
            SnapshotCase.Members(expect, "totals").ToDictionary(static node => node.Name, static node => node.Value.GetRawText(), StringComparer.Ordinal),
            answer.Scores.ToDictionary(static node => node.NodeName, static node => node.Total.ToString(CultureInfo.InvariantCulture), StringComparer.Ordinal));
        if (!answer.Result.IsScheduled)
        {
            return;
        }

        var node = answer.BestNodes.Min(StringComparer.Ordinal)!;
        _world.Scheduler.Assume(pod, node);
        _comparison.Equal(path + "node", SnapshotCase.Text(expect, "node"), node);
        _comparison.Equal(
            path + "allBound", expect.GetProperty("allBound").GetBoolean().ToString(), (_world.Scheduler.ReservedVolumes(ObjectKey.Of(pod)) is null).ToString());
    }

    private void PreBind(JsonElement step, ObjectKey pod, JsonElement expect, string path)
    {
        var writes = _world.Scheduler.ReservedVolumes(pod) is null ? [] : _world.Scheduler.BeginPreBind(pod, Write).Writes;
        var recorded = expect.TryGetProperty("apiWrites", out var list) ? list.EnumerateArray().Select(Read).ToArray() : [];
        for (var i = 0; i < Math.Max(writes.Length, recorded.Length); i++)
        {
            var (expected, answered) = (recorded.ElementAtOrDefault(i), writes.ElementAtOrDefault(i));
            if (!Equals(expected, answered))
            {
                _comparison.Equal($"{path}apiWrites[{i}]", expected?.ToString(), answered?.ToString());
            }
        }

        if (step.TryGetProperty("controllerUpdates", out var updates))
        {
            foreach (var update in updates.EnumerateArray())
            {
                Apply(Read(update));
            }
        }

        var podExists = !step.TryGetProperty("podDeletedMeanwhile", out var isDeleted) || !isDeleted.GetBoolean();
        var state = _world.Scheduler.CheckPreBind(pod, podExists);
        _comparison.Equal(path + "code", SnapshotCase.Text(expect, "code"), state.IsComplete ? "Success" : state.Error is null ? "Wait" : "Error");
        _comparison.Equal(path + "message", SnapshotCase.Text(expect, "message"), state.Error);
        if (state.Error is not null)
        {
            _world.Scheduler.Forget(pod);
        }
    }

    private VolumeWrite Write(IApiObject item)
    {
        var version = (++_version).ToString(CultureInfo.InvariantCulture);
        IApiObject stored = item switch
        {
            PersistentVolume volume => volume with { Metadata = volume.Metadata with { ResourceVersion = version } },
            PersistentVolumeClaim claim => claim with { Metadata = claim.Metadata with { ResourceVersion = version } },
            _ => throw new InvalidOperationException($"The binder writes no {item.Kind}."),
        };
        _world.Apply(stored);
        return VolumeWrite.Succeeded(stored);
    }

    private void Apply(IApiObject item)
    {
        if (ulong.TryParse(item.Metadata.ResourceVersion, NumberStyles.None, CultureInfo.InvariantCulture, out var version))
        {
            _version = Math.Max(_version, version);
        }

        _world.Apply(item);
    }

    private static ObjectKey Key(JsonElement step)
    {
        var parts = step.GetProperty("podKey").GetString()!.Split('/');
        return new(parts[0], parts[1]);
    }

    private static IApiObject Read(JsonElement item) => item.GetProperty("kind").GetString() switch
    {
        nameof(PersistentVolume) => CaseReader.Read<PersistentVolume>(item),
        nameof(PersistentVolumeClaim) => CaseReader.Read<PersistentVolumeClaim>(item),
        nameof(CSIStorageCapacity) => CaseReader.Read<CSIStorageCapacity>(item),
        nameof(CSINode) => CaseReader.Read<CSINode>(item),
        nameof(Node) => CaseReader.Read<Node>(item),
        var kind => throw new JsonException($"unexpected kind '{kind}'"),
    };
}
