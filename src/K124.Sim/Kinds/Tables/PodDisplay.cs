using System.Globalization;
using System.Text.Json.Nodes;
using K124.Sim.Text;

namespace K124.Sim.Kinds.Tables;

/// <summary>What the containers of a pod come to in one word, with the ready ones and the restarts.</summary>
internal struct PodDisplay
{
    private long _restarts;
    private DateTimeOffset? _lastRestart;

    public string Status { get; private set; }

    public int ReadyContainers { get; private set; }

    public static PodDisplay Of(JsonObject pod)
    {
        var status = pod.Status();
        var display = new PodDisplay { Status = CellText.Or(status.TextOrNull("reason"), status.Text("phase")) };
        if (!display.CountInitContainers(pod.Spec(), status))
        {
            display.CountContainers(status);
        }

        if (pod.Metadata()?["deletionTimestamp"] is not null)
        {
            display.Status = status.TextOrNull("reason") == "NodeLost" ? "Unknown" : "Terminating";
        }

        return display;
    }

    public readonly string RestartsText(DateTimeOffset now)
    {
        var count = CellText.Number(_restarts);
        return _lastRestart is { } last ? $"{count} ({HumanDuration.Format(now - last)} ago)" : count;
    }

    /// <summary>Tells whether the pod still initialises; then the status says how far it got.</summary>
    private bool CountInitContainers(JsonObject? spec, JsonObject? status)
    {
        if (status.List("initContainerStatuses") is not { } containers)
        {
            return false;
        }

        for (var i = 0; i < containers.Count; i++)
        {
            var container = containers[i] as JsonObject;
            CountRestarts(container);
            if (InitStatus(container.Object("state"), i, spec) is { } text)
            {
                Status = text;
                return true;
            }
        }

        return false;
    }

    private static string? InitStatus(JsonObject? state, int index, JsonObject? spec)
    {
        if (state.Object("terminated") is { } terminated)
        {
            return terminated.Number("exitCode") == 0 ? null : "Init:" + TerminatedText(terminated);
        }

        var waiting = state.Object("waiting").TextOrNull("reason");
        return string.IsNullOrEmpty(waiting) || waiting == "PodInitializing"
            ? "Init:" + CellText.Fraction(index, spec.Count("initContainers"))
            : "Init:" + waiting;
    }

    private void CountContainers(JsonObject? status)
    {
        _restarts = 0;
        var containers = status.List("containerStatuses") ?? [];
        for (var i = containers.Count - 1; i >= 0; i--)
        {
            var container = containers[i] as JsonObject;
            CountRestarts(container);
            Count(container, container.Object("state"));
        }

        if (Status == "Completed" && ReadyContainers > 0)
        {
            Status = IsReady(status) ? "Running" : "NotReady";
        }
    }

    private void Count(JsonObject? container, JsonObject? state)
    {
        if (state.Object("waiting").TextOrNull("reason") is { Length: > 0 } waiting)
        {
            Status = waiting;
        }
        else if (state.Object("terminated") is { } terminated)
        {
            Status = TerminatedText(terminated);
        }
        else if (container.Flag("ready") && state.Object("running") is not null)
        {
            ReadyContainers++;
        }
    }

    private void CountRestarts(JsonObject? container)
    {
        _restarts += container.Number("restartCount");
        var finished = CellText.Time(container.Object("lastState").Object("terminated"), "finishedAt");
        if (finished > (_lastRestart ?? DateTimeOffset.MinValue))
        {
            _lastRestart = finished;
        }
    }

    private static string TerminatedText(JsonObject terminated)
    {
        if (terminated.TextOrNull("reason") is { Length: > 0 } reason)
        {
            return reason;
        }

        var signal = terminated.Number("signal");
        return signal != 0
            ? string.Create(CultureInfo.InvariantCulture, $"Signal:{signal}")
            : string.Create(CultureInfo.InvariantCulture, $"ExitCode:{terminated.Number("exitCode")}");
    }

    private static bool IsReady(JsonObject? status) =>
        status.Items("conditions").Any(condition => condition.Text("type") == "Ready" && condition.Text("status") == "True");
}
