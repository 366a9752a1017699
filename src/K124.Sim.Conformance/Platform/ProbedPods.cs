using System.Collections.Immutable;
using System.Text.Json;
using K124.Sim.Model;
using K124.Sim.Pods.Probes;

namespace K124.Sim.Conformance.Platform;

/// <summary>Reads what of a recorded pod its probes depend on.</summary>
internal static class ProbedPods
{
    public static ImmutableArray<ProbedContainer> Containers(JsonElement pod) =>
        [.. KubernetesJson.Deserialize<Pod>(pod.GetRawText()).Spec.Containers.Select(ProbedContainer.Of)];

    public static ProbeResult? Result(string? text) => text switch
    {
        null or "" => null,
        "Success" => ProbeResult.Success,
        "Failure" => ProbeResult.Failure,
        "UNKNOWN" => ProbeResult.Unknown,
        _ => throw new JsonException($"unknown result {text}"),
    };

    public static string Text(ProbeResult result) => result == ProbeResult.Unknown ? "UNKNOWN" : result.ToString();
}
