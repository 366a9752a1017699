using System.Text.Json;
using System.Text.Json.Nodes;
using K124.Sim.Pods.Probes;

namespace K124.Sim.Conformance.Platform;

/// <summary>What the kubelet stops and starts when it looks at a pod.</summary>
internal static class ProbeKillCases
{
    public static CaseOutcome Verify(RecordedCase testCase)
    {
        var pod = testCase.Json.GetProperty("pod");
        var containers = ProbedPods.Containers(pod);
        var decision = PodSyncDecision.Of(
            Ending(pod),
            [.. testCase.Json.Items("containers").Select(sighting => Sighting(containers.First(container => container.Name == sighting.Text("name")), sighting))]);
        return CaseJson.Compare(testCase, new JsonObject
        {
            ["killPod"] = decision.KillsPod,
            ["start"] = CaseJson.Array(decision.Start),
            ["decided"] = CaseJson.Nodes(decision.Decided.Select(kill => (JsonNode)new JsonObject
            {
                ["container"] = kill.Container,
                ["message"] = kill.Message,
                ["reason"] = kill.Reason,
            })),
            ["kill"] = CaseJson.Nodes(decision.Stops.Select(stop => (JsonNode)new JsonObject
            {
                ["container"] = stop.Container,
                ["events"] = CaseJson.Array([$"Normal Killing {stop.Message}"]),
                ["gracePeriodSeconds"] = stop.GracePeriodSeconds,
            })),
        });
    }

    private static PodEnding Ending(JsonElement pod)
    {
        var (metadata, spec) = (pod.GetProperty("metadata"), pod.GetProperty("spec"));
        return new()
        {
            RestartPolicy = spec.OptionalText("restartPolicy") ?? "Always",
            IsDeleted = metadata.Member("deletionTimestamp") is not null,
            DeletionGracePeriodSeconds = metadata.OptionalLong("deletionGracePeriodSeconds"),
            TerminationGracePeriodSeconds = spec.OptionalLong("terminationGracePeriodSeconds"),
        };
    }

    private static ContainerSighting Sighting(ProbedContainer container, JsonElement sighting) =>
        new(container, Enum.Parse<ContainerRuntimeState>(sighting.Text("state"), ignoreCase: true))
        {
            ExitCode = sighting.Int("exitCode"),
            DefinitionChanged = sighting.Flag("definitionChanged"),
            Liveness = ProbedPods.Result(sighting.OptionalText("liveness")),
            Startup = ProbedPods.Result(sighting.OptionalText("startup")),
        };
}
