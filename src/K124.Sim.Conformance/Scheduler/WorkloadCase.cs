using System.Globalization;
using System.Text.Json;
using K124.Sim.Conformance.Comparing;
using K124.Sim.Model;
using K124.Sim.Scheduling;

namespace K124.Sim.Conformance.Scheduler;

/// <summary>Many pods with priorities, tried in passes, with preemption carried out step by step.</summary>
internal sealed class WorkloadCase
{
    private const int MaxPasses = 5;

    private static readonly DateTimeOffset Start = new(2022, 7, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Scheduling.Scheduler _scheduler;
    private readonly SortedDictionary<string, string> _placements = new(StringComparer.Ordinal);
    private readonly List<string> _events = [];
    private List<Pod> _pending = [];
    private int _attempts;

    public WorkloadCase(Cluster cluster, SchedulerOptions options)
    {
        _scheduler = new(cluster, options);
        foreach (var pod in cluster.Pods.Where(pod => pod.Spec.NodeName.Length > 0 && cluster.Nodes.Find(pod.Spec.NodeName) is not null))
        {
            _placements.Add(ObjectKey.Of(pod).ToString(), pod.Spec.NodeName);
        }
    }

    public CaseOutcome Verify(JsonElement pods, JsonElement expect)
    {
        CaseReader.DemandOnly(expect, "events", "finalPlacement", "stillPending");
        _pending = [.. pods.EnumerateArray().Select(CaseReader.Read<Pod>)];
        for (var pass = 1; pass <= MaxPasses && _pending.Count > 0; pass++)
        {
            Pod[] order = pass == 1 ? [.. _pending] : [.. _pending.OrderByDescending(static pod => pod.Spec.Priority ?? 0)];
            if (!order.Select(pod => Try(ObjectKey.Of(pod), pass)).ToArray().Contains(true))
            {
                break;
            }
        }

        return Compare(expect);
    }

    private static string EventText(JsonElement recorded)
    {
        CaseReader.DemandOnly(recorded, "pass", "pod", "outcome", "node", "victims", "clearedNominations", "preemption", "message");
        return string.Join(" | ", recorded.EnumerateObject().Select(static member => $"{member.Name}={Flat(member.Value)}").Order(StringComparer.Ordinal));
    }

    private static string Flat(JsonElement value) => value.ValueKind == JsonValueKind.Array
        ? string.Join(",", value.EnumerateArray().Select(static item => item.GetString()).Order(StringComparer.Ordinal))
        : value.ToString();

    private CaseOutcome Compare(JsonElement expect)
    {
        var comparison = new Comparison();
        string[] recorded = [.. expect.GetProperty("events").EnumerateArray().Select(EventText)];
        comparison.Equal("events.length", recorded.Length.ToString(CultureInfo.InvariantCulture), _events.Count.ToString(CultureInfo.InvariantCulture));
        for (var i = 0; i < Math.Min(recorded.Length, _events.Count); i++)
        {
            comparison.Equal($"events[{i}]", recorded[i], _events[i]);
        }

        comparison.Equal(
            "finalPlacement",
            expect.GetProperty("finalPlacement").EnumerateObject().ToDictionary(static pod => pod.Name, static pod => pod.Value.GetString()!, StringComparer.Ordinal),
            _placements);
        comparison.Equal(
            "stillPending",
            expect.TryGetProperty("stillPending", out var pending) ? Flat(pending) : "",
            string.Join(",", _pending.Select(static pod => ObjectKey.Of(pod).ToString()).Order(StringComparer.Ordinal)));
        return comparison.Outcome;
    }

    /// <summary>One attempt; true if it bound or nominated.</summary>
    private bool Try(ObjectKey key, int pass)
    {
        var pod = _pending.Find(candidate => ObjectKey.Of(candidate) == key)!;
        var result = _scheduler.Schedule(pod);
        _attempts++;
        if (result.NodeName is { } node)
        {
            Bind(pod, node);
            Note(pass, key, "bound", ("node", node));
            return true;
        }

        if (result.Preemption is { Nominated: { } nominated } preemption)
        {
            CarryOut(pod, preemption, nominated);
            Note(
                pass,
                key,
                "nominated",
                ("node", nominated.NodeName),
                ("victims", string.Join(",", nominated.Victims.Select(static victim => ObjectKey.Of(victim).ToString()).Order(StringComparer.Ordinal))),
                ("clearedNominations", string.Join(",", preemption.ClearedNominations.Select(static cleared => cleared.ToString()).Order(StringComparer.Ordinal))));
            return true;
        }

        if (result.Preemption is { ClearsNominatedNodeName: true })
        {
            _scheduler.ClearNomination(key);
            SetNominated(key, "");
        }

        var outcome = result.Preemption is null ? "" : JsonNamingPolicy.CamelCase.ConvertName(result.Preemption.Outcome.ToString());
        Note(pass, key, "unschedulable", ("preemption", outcome), ("message", result.Message));
        return false;
    }

    private void Bind(Pod pod, string node)
    {
        var started = pod with { Status = pod.Status with { StartTime = Start.AddSeconds(_attempts) } };
        _scheduler.Assume(started, node);
        _placements.Add(ObjectKey.Of(pod).ToString(), node);
        _pending.Remove(pod);
    }

    private void CarryOut(Pod pod, PreemptionResult preemption, PreemptionCandidate nominated)
    {
        foreach (var victim in nominated.Victims)
        {
            _scheduler.Forget(ObjectKey.Of(victim));
            _placements.Remove(ObjectKey.Of(victim).ToString());
        }

        foreach (var cleared in preemption.ClearedNominations)
        {
            _scheduler.ClearNomination(cleared);
            SetNominated(cleared, "");
        }

        _scheduler.Nominate(pod, nominated.NodeName);
        SetNominated(ObjectKey.Of(pod), nominated.NodeName);
    }

    private void SetNominated(ObjectKey key, string node)
    {
        if (_pending.FindIndex(pod => ObjectKey.Of(pod) == key) is >= 0 and var index)
        {
            _pending[index] = _pending[index] with { Status = _pending[index].Status with { NominatedNodeName = node } };
        }
    }

    private void Note(int pass, ObjectKey pod, string outcome, params ReadOnlySpan<(string Name, string Value)> members)
    {
        var parts = new List<string> { $"pass={pass}", $"pod={pod}", $"outcome={outcome}" };
        foreach (var (name, value) in members)
        {
            if (value.Length > 0)
            {
                parts.Add($"{name}={value}");
            }
        }

        _events.Add(string.Join(" | ", parts.Order(StringComparer.Ordinal)));
    }
}
