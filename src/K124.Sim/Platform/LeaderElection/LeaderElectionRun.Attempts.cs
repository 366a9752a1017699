namespace K124.Sim.Platform.LeaderElection;

internal sealed partial class LeaderElectionRun
{
    private const string ReadFailed = "read failed";
    private const string WriteFailed = "write failed";
    private const string Held = "held";
    private const string RaceSuffix = "-race";

    /// <summary>Reads, decides and writes; another participant may come between.</summary>
    private bool Attempt(Participant participant, long now, string phase)
    {
        participant.Attempts++;
        var number = participant.Attempts;
        var why = Try(participant, now, number);
        _attempts.Add(new(now, participant.Plan.Id, phase, why, Record));
        ReportLeader(participant, now);
        return why is null;
    }

    private string? Try(Participant participant, long now, int number)
    {
        if (IsCutOff(participant, now))
        {
            return ReadFailed;
        }

        var localNow = participant.Plan.LocalTime(now);
        participant.ReadVersion = _version;
        if (participant.Elector.Look(Record, localNow) is not { } desired)
        {
            return Held;
        }

        if (participant.Plan.Races.TryGetValue(number, out var other))
        {
            Race(_participants.First(candidate => candidate.Plan.Id == other), participant, now);
        }

        return Write(participant, desired, now) ? null : WriteFailed;
    }

    private void Race(Participant other, Participant writer, long now)
    {
        if (other == writer || other.IsRacing || !other.IsAwake(now))
        {
            return;
        }

        writer.IsRacing = true;
        if (other.LeadsSince is null)
        {
            TryBecomeLeader(other, now, RaceSuffix);
        }
        else
        {
            Attempt(other, now, $"renew{RaceSuffix}");
        }

        writer.IsRacing = false;
    }

    private bool Write(Participant participant, LeaderRecord record, long now)
    {
        if (IsCutOff(participant, now) || participant.ReadVersion != _version)
        {
            return false;
        }

        Record = record;
        participant.ReadVersion = ++_version;
        participant.Elector.Wrote(record, participant.Plan.LocalTime(now));
        return true;
    }

    private void Release(Participant participant, long now)
    {
        if (participant.Elector.Release(participant.Plan.LocalTime(now)) is { } record)
        {
            var why = Write(participant, record, now) ? null : WriteFailed;
            _attempts.Add(new(now, participant.Plan.Id, "release", why, Record));
        }
    }

    private void ReportLeader(Participant participant, long now)
    {
        if (participant.Elector.ObservedLeader is { } leader && leader != participant.ReportedLeader)
        {
            participant.ReportedLeader = leader;
            _observedLeaders.Add((participant.Plan.Id, now, leader));
        }
    }

    private static bool IsCutOff(Participant participant, long now) => participant.Plan.Outages.Any(outage => outage.Contains(now));
}
