using System.Text.Encodings.Web;
using System.Text.Json;
using K124.Sim.Planning;

namespace K124.Sim.Cli.Output;

/// <summary>A rollout as a document for programs.</summary>
internal static class RolloutJson
{
    private static readonly JsonWriterOptions Written = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(Terminal terminal, RolloutPlan plan)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Written))
        {
            writer.WriteStartObject();
            writer.WriteString("apiVersion", JsonOutput.ApiVersion);
            writer.WriteString("kind", "RolloutPlan");
            writer.WriteBoolean("complete", plan.Duration is not null);
            writer.WriteNumber("seconds", (plan.Duration ?? plan.Simulated).TotalSeconds);
            writer.WriteNumber("peakPods", plan.PeakPods);
            writer.WriteNumber("peakNodes", plan.PeakNodes);
            if (plan.MissingNodes is { } missing)
            {
                writer.WriteNumber("missingNodes", missing);
            }
            else
            {
                writer.WriteNull("missingNodes");
            }

            WriteMoments(writer, plan);
            WriteBlocks(writer, plan);
            WriteBudgets(writer, plan);
            WriteEvents(writer, plan);
            writer.WriteEndObject();
        }

        terminal.Output.WriteLine(System.Text.Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length));
    }

    private static void WriteMoments(Utf8JsonWriter writer, RolloutPlan plan)
    {
        writer.WriteStartArray("moments");
        foreach (var moment in plan.Moments)
        {
            writer.WriteStartObject();
            writer.WriteNumber("seconds", moment.After.TotalSeconds);
            writer.WriteNumber("pods", moment.Pods);
            writer.WriteNumber("nodes", moment.Nodes);
            writer.WriteNumber("waiting", moment.Waiting);
            writer.WriteStartArray("workloads");
            foreach (var workload in moment.Workloads)
            {
                writer.WriteStartObject();
                writer.WriteString("kind", workload.Kind);
                writer.WriteString("object", workload.Key.ToString());
                writer.WriteNumber("wanted", workload.Wanted);
                writer.WriteNumber("updated", workload.Updated);
                writer.WriteNumber("ready", workload.Ready);
                writer.WriteNumber("available", workload.Available);
                writer.WriteBoolean("complete", workload.IsComplete);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteBlocks(Utf8JsonWriter writer, RolloutPlan plan)
    {
        writer.WriteStartArray("blocks");
        foreach (var block in plan.Blocks)
        {
            writer.WriteStartObject();
            writer.WriteString("reason", block.Reason);
            writer.WriteString("object", block.Object);
            writer.WriteBoolean("overAtEnd", block.IsOverAtEnd);
            writer.WriteString("message", block.Message);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteBudgets(Utf8JsonWriter writer, RolloutPlan plan)
    {
        writer.WriteStartArray("budgets");
        foreach (var budget in plan.Budgets)
        {
            writer.WriteStartObject();
            writer.WriteString("object", budget.Key.ToString());
            writer.WriteNumber("desired", budget.Desired);
            writer.WriteNumber("leastHealthy", budget.LeastHealthy);
            writer.WriteNumber("leastAllowed", budget.LeastAllowed);
            writer.WriteNumber("closedSeconds", budget.ClosedFor.TotalSeconds);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteEvents(Utf8JsonWriter writer, RolloutPlan plan)
    {
        writer.WriteStartArray("events");
        foreach (var entry in plan.Events)
        {
            writer.WriteStartObject();
            writer.WriteString("time", entry.Time.UtcDateTime);
            writer.WriteString("type", entry.Event!.Type);
            writer.WriteString("reason", entry.Event.Reason);
            writer.WriteString("kind", entry.Kind);
            writer.WriteString("object", entry.Key.ToString());
            writer.WriteString("message", entry.Event.Message);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
