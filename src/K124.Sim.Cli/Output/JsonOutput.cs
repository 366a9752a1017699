using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using K124.Sim.Cli.Output.Jobs;
using K124.Sim.Cli.Output.Preflight;
using K124.Sim.Cli.Output.ServiceIPs;

namespace K124.Sim.Cli.Output;

/// <summary>Writes documents for programs.</summary>
internal static class JsonOutput
{
    public const string ApiVersion = "k124.sim/v1";

    /// <summary>A document that is JSON already, behind the members that every document begins with.</summary>
    public static string WithHead(string kind, string json) =>
        $"{{\"apiVersion\":\"{ApiVersion}\",\"kind\":\"{kind}\"{(json is ['{', '}'] ? "" : ",")}{json[1..]}";

    public static void Write<T>(Terminal terminal, T document, JsonTypeInfo<T> type) =>
        terminal.Output.WriteLine(JsonSerializer.Serialize(document, type));
}

/// <summary>The documents, with the order of their members.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(ExplanationDocumentJson))]
[JsonSerializable(typeof(FitPlanJson))]
[JsonSerializable(typeof(DrainPlanJson))]
[JsonSerializable(typeof(NodeUtilizationJson))]
[JsonSerializable(typeof(PlacementPlanJson))]
[JsonSerializable(typeof(VerifyReportJson))]
[JsonSerializable(typeof(PreflightReportJson))]
[JsonSerializable(typeof(ProbeReportJson))]
[JsonSerializable(typeof(JobForecastJson))]
[JsonSerializable(typeof(ServiceIPPlanJson))]
[JsonSerializable(typeof(ServiceIPApplyJson))]
internal sealed partial class OutputJson : JsonSerializerContext
{
    // Texts of Kubernetes quote names: escaping quotes as \u0022 would make them unreadable, and nothing here becomes HTML.
    public static OutputJson Readable { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
