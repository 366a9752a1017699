namespace K124.Sim.Platform.LeaderElection;

internal sealed partial class LeaderElectionRun
{
    private sealed class Participant(CandidatePlan plan, LeaderElectionConfig config)
    {
        private int _jitterUsed;

        public CandidatePlan Plan { get; } = plan;

        public LeaderElector Elector { get; } = new(plan.Id, config);

        public long NextAttempt { get; set; } = plan.Start;

        public long? LeadsSince { get; set; }

        /// <summary>When the leader gives up renewing; null while nothing failed since the last success.</summary>
        public long? RenewUntil { get; set; }

        public int Attempts { get; set; }

        public long ReadVersion { get; set; }

        public string ReportedLeader { get; set; } = "";

        public bool IsRacing { get; set; }

        public bool IsDone { get; set; }

        /// <summary>When it stops because it was told to: a frozen process learns of it when it thaws.</summary>
        public long? CancelTime => Plan.Cancel is { } cancel ? Thawed(cancel) : null;

        /// <summary>What comes next: an end before an attempt at the same time.</summary>
        public (long Time, bool IsAttempt) NextEvent
        {
            get
            {
                var attempt = Thawed(NextAttempt);
                var end = Math.Min(Plan.Crash ?? long.MaxValue, CancelTime ?? long.MaxValue);
                return end <= attempt ? (end, false) : (attempt, true);
            }
        }

        public bool IsAwake(long now) => !IsDone && now >= Plan.Start && Plan.Pause?.Contains(now) != true;

        public double NextJitter() => Plan.Jitter[_jitterUsed++ % Plan.Jitter.Length];

        private long Thawed(long time) => Plan.Pause is { } pause && pause.Contains(time) ? pause.To : time;
    }
}
