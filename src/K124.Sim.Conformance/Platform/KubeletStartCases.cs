using System.Text.Json.Nodes;
using K124.Sim.Nodes.KubeletStart;

namespace K124.Sim.Conformance.Platform;

/// <summary>Kubelets started with command lines and configuration files.</summary>
internal static class KubeletStartCases
{
    public static CaseOutcome Verify(RecordedCase testCase)
    {
        var start = KubeletStartResult.Run(
            testCase.Json.Texts("args"),
            testCase.Json.OptionalText("config") is { } config ? ConfigText.Json(config) : null);
        var actual = new JsonObject
        {
            ["exit"] = start.Exit,
            ["warnings"] = CaseJson.Array(start.Warnings.Order(StringComparer.Ordinal)),
        };
        if (start is { Settings: { } settings, Gates: { } gates })
        {
            actual["config"] = Config(settings);
            actual["gates"] = new JsonObject(testCase.Expect.Members("gates").Select(gate =>
                KeyValuePair.Create<string, JsonNode?>(gate.Name, gates.IsEnabled(gate.Name))));
        }

        return CaseJson.Compare(testCase, actual);
    }

    private static JsonObject Config(KubeletSettings settings) => new()
    {
        ["cgroupDriver"] = settings.Text("cgroupDriver"),
        ["containerRuntime"] = settings.Text("container-runtime"),
        ["containerRuntimeEndpoint"] = settings.Text("container-runtime-endpoint"),
        ["evictionHard"] = new JsonObject(settings.Map("evictionHard").Select(pair => KeyValuePair.Create<string, JsonNode?>(pair.Key, pair.Value))),
        ["failSwapOn"] = settings.IsOn("failSwapOn"),
        ["imageGCHighThresholdPercent"] = settings.Number("imageGCHighThresholdPercent"),
        ["imageServiceEndpoint"] = settings.Text("image-service-endpoint"),
        ["kubeAPIQPS"] = settings.Number("kubeAPIQPS"),
        ["maxPods"] = settings.Number("maxPods"),
        ["podSandboxImage"] = settings.Text("pod-infra-container-image"),
        ["serializeImagePulls"] = settings.IsOn("serializeImagePulls"),
    };
}
