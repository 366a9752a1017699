using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using K124.Sim.Pods.Probes;

namespace K124.Sim.Conformance.Platform;

/// <summary>Workers of probes over virtual time.</summary>
internal sealed class ProbeWorkerCases
{
    private readonly JsonElement _case;
    private readonly ImmutableArray<ProbedContainer> _containers;
    private readonly JsonArray _steps = [];
    private readonly Dictionary<(string Container, ProbeKind Kind), int> _asked = [];
    private PodProbes? _probes;

    private ProbeWorkerCases(JsonElement testCase)
    {
        _case = testCase;
        _containers = ProbedPods.Containers(testCase.GetProperty("pod"));
    }

    public static CaseOutcome Verify(RecordedCase testCase)
    {
        var run = new ProbeWorkerCases(testCase.Json);
        run.Run();
        var expected = JsonNode.Parse(testCase.Expect.GetRawText())!;
        return CaseOutcome.Of(Comparing.JsonDifference.Between("expect", expected, new JsonObject { ["steps"] = run._steps }));
    }

    private void Run()
    {
        // What would happen after the end of the recording is listed, too, and did not happen.
        var until = _case.Ticks("until");
        foreach (var change in _case.Items("events").Where(change => change.Ticks("t") <= until))
        {
            var now = change.Ticks("t");
            RunUntil(now - 1);
            Apply(change, now);
            _steps.Add((JsonNode)EventNode(change));
            RunSteps(now, manualOnly: true);
        }

        RunUntil(until);
    }

    private void RunUntil(long last)
    {
        while (_probes is not null && _probes.NextTick <= last)
        {
            RunSteps(_probes.NextTick, manualOnly: false);
        }
    }

    private void RunSteps(long now, bool manualOnly)
    {
        while (_probes is not null && (!manualOnly || _probes.HasTriggered) && _probes.Step(now, Answer) is { } step)
        {
            _steps.Add((JsonNode)StepNode(step, now));
        }
    }

    private void Apply(JsonElement change, long now)
    {
        var operation = change.Text("op");
        var index = change.OptionalText("container") is { } name ? _containers.IndexOf(_containers.First(container => container.Name == name)) : -1;
        if (operation == "addPod")
        {
            var pod = _case.GetProperty("pod");
            _probes = new(
                _containers,
                pod.GetProperty("spec").Text("restartPolicy") != PodEnding.Never,
                pod.GetProperty("metadata").Member("deletionTimestamp") is not null,
                now);
            return;
        }

        var probes = _probes ?? throw new JsonException("the pod comes later than its events");
        switch (operation)
        {
            case "status": probes.Sync(); break;
            case "resync": probes.Resync(); break;
            case "start": probes.Start(index, change.Text("containerID"), now); break;
            case "exit": probes.Exit(index); break;
            case "phase": probes.SetPhase(change.Text("phase")); break;
            case "terminating": probes.Terminate(); break;
            case "remove": probes.Remove(); break;
            default: throw new JsonException($"unknown operation {operation}");
        }
    }

    private ProbeAnswer Answer(string container, ProbeKind kind)
    {
        string[] outcomes = [.. _case.GetProperty("outcomes").GetProperty(container).Texts(kind.ToString().ToLowerInvariant())];
        var asked = _asked[(container, kind)] = _asked.GetValueOrDefault((container, kind)) + 1;
        return outcomes[Math.Min(asked, outcomes.Length) - 1] switch
        {
            "S" => ProbeAnswer.Succeeded("good"),
            "W" => new(ProbeVerdict.Warning, "careful"),
            "F" => ProbeAnswer.Failed("bad"),
            "U" => new(ProbeVerdict.Unknown, "eh"),
            "E" => new(ProbeVerdict.Unknown, "", "boom"),
            var outcome => throw new JsonException($"unknown outcome {outcome}"),
        };
    }

    private JsonObject EventNode(JsonElement change)
    {
        var isSync = change.Text("op") != "addPod" && _probes!.IsStatusKnown;
        var node = new JsonObject { ["t"] = change.GetProperty("t").GetDecimal(), ["what"] = change.Text("op"), ["calls"] = 0 };
        if (change.OptionalText("container") is { } container)
        {
            node["container"] = container;
        }

        AddState(node);
        if (isSync)
        {
            node["sync"] = true;
        }

        return node;
    }

    private JsonObject StepNode(ProbeStep step, long now)
    {
        var node = new JsonObject
        {
            ["t"] = (decimal)now / TimeSpan.TicksPerSecond,
            ["what"] = step.IsManual ? "manual" : "tick",
            ["container"] = _containers[step.Worker.ContainerIndex].Name,
            ["probe"] = step.Worker.Kind.ToString().ToLowerInvariant(),
            ["calls"] = step.Calls,
        };
        if (step.HasEnded)
        {
            node["ends"] = true;
        }

        if (step.Event is { } text)
        {
            node["events"] = CaseJson.Array([text]);
        }

        AddState(node);
        if (step.NeedsSync)
        {
            node["sync"] = true;
        }

        return node;
    }

    private void AddState(JsonObject node)
    {
        var (published, started, ready) = (new JsonObject(), new JsonObject(), new JsonObject());
        for (var i = 0; i < _containers.Length; i++)
        {
            foreach (var kind in Enum.GetValues<ProbeKind>())
            {
                if (_probes!.Published(i, kind) is { } result)
                {
                    published[$"{_containers[i].Name}/{kind.ToString().ToLowerInvariant()}"] = ProbedPods.Text(result);
                }
            }

            started[_containers[i].Name] = _probes!.IsStarted(i);
            ready[_containers[i].Name] = _probes.IsReady(i);
        }

        if (published.Count > 0)
        {
            node["published"] = published;
        }

        if (_probes!.IsStatusKnown)
        {
            node["started"] = started;
            node["ready"] = ready;
        }
    }
}
