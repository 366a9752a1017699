using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using K124.Sim.Platform.LeaderElection;

namespace K124.Sim.Conformance.Platform;

/// <summary>Elections among several participants over virtual time.</summary>
internal static class LeaderElectionCases
{
    public static CaseOutcome Verify(RecordedCase testCase)
    {
        var json = testCase.Json;
        var config = new LeaderElectionConfig
        {
            LeaseDuration = json.Ticks("leaseDuration"),
            RenewDeadline = json.Ticks("renewDeadline"),
            RetryPeriod = json.Ticks("retryPeriod"),
        };
        if (config.Validate() is { } problem)
        {
            return CaseJson.Compare(testCase, new JsonObject { ["configError"] = problem });
        }

        ImmutableArray<CandidatePlan> plans = [.. json.Items("candidates").Select(Plan)];
        var run = LeaderElectionRun.Run(config, plans, json.Ticks("until"), json.Member("existing") is { } existing ? Record(existing) : null);
        return CaseJson.Compare(testCase, new JsonObject
        {
            ["attempts"] = CaseJson.Nodes(run.Attempts.Select(Node)),
            ["final"] = Node(run.Record),
            ["leading"] = CaseJson.Nodes(run.Terms.Select(term => (JsonNode)new JsonObject
            {
                ["who"] = term.Id,
                ["from"] = Seconds(term.From),
                ["to"] = Seconds(term.To),
                ["end"] = term.End,
            })),
            ["observedLeaders"] = new JsonObject(plans.Select(plan => KeyValuePair.Create<string, JsonNode?>(
                plan.Id,
                CaseJson.Array(run.ObservedLeaders.Where(seen => seen.Observer == plan.Id).Select(seen => $"{Text(seen.Time)}:{seen.Leader}"))))),
        });
    }

    private static CandidatePlan Plan(JsonElement candidate) => new(candidate.Text("id"))
    {
        Start = candidate.Ticks("start"),
        Jitter = [.. candidate.Items("jitter").Select(sample => sample.GetDouble())],
        ClockOffset = candidate.Ticks("clockOffset"),
        ClockRate = candidate.Member("clockRate")?.GetDouble() ?? 1,
        Crash = candidate.Member("crash") is null ? null : candidate.Ticks("crash"),
        Cancel = candidate.Member("cancel") is null ? null : candidate.Ticks("cancel"),
        Pause = candidate.Member("pause") is { } pause ? Span(pause) : null,
        ReleasesOnCancel = candidate.Flag("releaseOnCancel"),
        Outages = [.. candidate.Items("outages").Select(Span)],
        Races = candidate.Members("raceUpdate").ToImmutableDictionary(
            race => int.Parse(race.Name, CultureInfo.InvariantCulture),
            race => race.Value.GetString()!),
    };

    private static TickSpan Span(JsonElement span) => new(Ticks(span[0]), Ticks(span[1]));

    private static long Ticks(JsonElement seconds) => (long)(seconds.GetDecimal() * TimeSpan.TicksPerSecond);

    private static LeaderRecord Record(JsonElement record) => new(
        record.Text("holder"),
        record.Int("leaseDurationSeconds"),
        record.Ticks("acquireTime"),
        record.Ticks("renewTime"),
        record.Int("transitions"));

    private static JsonNode Node(LeaderAttempt attempt) => new JsonObject
    {
        ["t"] = Seconds(attempt.Time),
        ["who"] = attempt.Id,
        ["phase"] = attempt.Phase,
        ["ok"] = attempt.Succeeded,
        ["why"] = attempt.Why,
        ["record"] = Node(attempt.Record),
    };

    private static JsonObject? Node(LeaderRecord? record) => record is null ? null : new()
    {
        ["holder"] = record.Holder,
        ["leaseDurationSeconds"] = record.LeaseDurationSeconds,
        ["acquireTime"] = Seconds(record.AcquireTime),
        ["renewTime"] = Seconds(record.RenewTime),
        ["transitions"] = record.Transitions,
    };

    private static decimal Seconds(long ticks) => (decimal)ticks / TimeSpan.TicksPerSecond;

    private static string Text(long ticks) => Seconds(ticks).ToString("0.#######", CultureInfo.InvariantCulture);
}
