using System.Collections.Immutable;

namespace K124.Sim.Platform.LeaderElection;

/// <summary>An election among participants over virtual time, with one stored record.</summary>
internal sealed partial class LeaderElectionRun
{
    private readonly LeaderElectionConfig _config;
    private readonly ImmutableArray<Participant> _participants;
    private readonly List<LeaderAttempt> _attempts = [];
    private readonly List<LeaderTerm> _terms = [];
    private readonly List<(string Observer, long Time, string Leader)> _observedLeaders = [];
    private long _version;

    private LeaderElectionRun(LeaderElectionConfig config, IEnumerable<CandidatePlan> plans, LeaderRecord? existing)
    {
        _config = config;
        _participants = [.. plans.Select(plan => new Participant(plan, config))];
        Record = existing;
    }

    /// <summary>The stored record at the end; null if none was ever written.</summary>
    public LeaderRecord? Record { get; private set; }

    /// <summary>The attempts in their order.</summary>
    public IReadOnlyList<LeaderAttempt> Attempts => _attempts;

    /// <summary>Who took themselves for the leader when, in the order of the beginnings.</summary>
    public ImmutableArray<LeaderTerm> Terms => [.. _terms.OrderBy(term => term.From)];

    /// <summary>When whom learned of which leader.</summary>
    public IReadOnlyList<(string Observer, long Time, string Leader)> ObservedLeaders => _observedLeaders;

    /// <summary>Runs an election.</summary>
    /// <param name="config">The times, which must be valid.</param>
    /// <param name="plans">The participants; of what happens at one time, the earlier in the list comes first.</param>
    /// <param name="until">When to stop, in ticks; what happens at that time still counts.</param>
    /// <param name="existing">The record at the start; null if there is none.</param>
    public static LeaderElectionRun Run(LeaderElectionConfig config, IEnumerable<CandidatePlan> plans, long until, LeaderRecord? existing = null)
    {
        var run = new LeaderElectionRun(config, plans, existing);
        while (run._participants.Where(participant => !participant.IsDone).MinBy(participant => participant.NextEvent) is { } first
            && first.NextEvent.Time <= until)
        {
            run.Step(first, first.NextEvent.Time);
        }

        foreach (var participant in run._participants.Where(participant => !participant.IsDone))
        {
            run.EndTerm(participant, until, "still leading");
        }

        return run;
    }

    private void Step(Participant participant, long now)
    {
        var plan = participant.Plan;
        if (plan.Crash <= now)
        {
            Stop(participant, now, "crash");
        }
        else if (participant.CancelTime <= now)
        {
            Stop(participant, now, "cancel");
        }
        else if (participant.LeadsSince is null)
        {
            if (!TryBecomeLeader(participant, now, ""))
            {
                participant.NextAttempt = now + _config.PauseAfterFailure(participant.NextJitter());
            }
        }
        else
        {
            Renew(participant, now);
        }
    }

    private bool TryBecomeLeader(Participant participant, long now, string suffix)
    {
        var succeeded = Attempt(participant, now, $"acquire{suffix}");
        if (succeeded)
        {
            (participant.LeadsSince, participant.NextAttempt, participant.RenewUntil) = (now, now, null);
        }

        return succeeded;
    }

    private void Renew(Participant participant, long now)
    {
        participant.RenewUntil ??= now + _config.RenewDeadline;
        if (now >= participant.RenewUntil)
        {
            _attempts.Add(new(now, participant.Plan.Id, LeaderAttempt.Lost, null, null));
            Stop(participant, now, LeaderAttempt.Lost);
            return;
        }

        if (Attempt(participant, now, "renew"))
        {
            (participant.NextAttempt, participant.RenewUntil) = (now + _config.RetryPeriod, null);
        }
        else
        {
            participant.NextAttempt = Math.Min(now + _config.RetryPeriod, participant.RenewUntil.Value);
        }
    }

    private void Stop(Participant participant, long now, string why)
    {
        if (participant.LeadsSince is not null && why != "crash" && participant.Plan.ReleasesOnCancel)
        {
            Release(participant, now);
        }

        EndTerm(participant, now, why);
        participant.IsDone = true;
    }

    private void EndTerm(Participant participant, long now, string why)
    {
        if (participant.LeadsSince is { } since)
        {
            _terms.Add(new(participant.Plan.Id, since, now, why));
        }
    }
}
