namespace K124.Sim.Tests.Reference;

/// <summary>The Job controller written for reading: every sync looks at every pod, as 1.24 does. No suspension, no failing API, no deadline.</summary>
/// <remarks>Shared with the benchmarks, where it is the baseline.</remarks>
internal static class NaiveJobController
{
    internal enum Phase
    {
        Pending,
        Running,
        Succeeded,
        Failed,
    }

    internal sealed record NaivePod(int Index, int Attempt)
    {
        public Phase Phase { get; set; }

        public bool Finalizer { get; set; } = true;
    }

    /// <summary>What one sync decides, and the state it leaves.</summary>
    internal sealed class NaiveJob(int completions, int parallelism, int backoffLimit)
    {
        private readonly Dictionary<int, int> _attempts = [];

        public List<NaivePod> Pods { get; } = [];

        public SortedSet<int> Completed { get; } = [];

        public int Failed { get; private set; }

        public string Condition { get; private set; } = "";

        public void Sync()
        {
            if (Condition.Length > 0)
            {
                return;
            }

            var active = Pods.Where(pod => pod.Phase is Phase.Pending or Phase.Running).ToList();
            var newlyFailed = Pods.Count(pod => pod.Finalizer && pod.Phase == Phase.Failed);
            foreach (var pod in Pods.Where(pod => pod.Finalizer && pod.Phase == Phase.Succeeded))
            {
                Completed.Add(pod.Index);
            }

            if (newlyFailed > 0 && active.Count != parallelism && Failed + newlyFailed > backoffLimit)
            {
                Failed += newlyFailed + active.Count;
                Pods.RemoveAll(active.Contains);
                Condition = "Failed";
            }
            else
            {
                CreateMissing(active);
                Failed += newlyFailed;
                Condition = Completed.Count >= completions && active.Count == 0 ? "Complete" : "";
            }

            foreach (var pod in Pods.Where(pod => pod.Phase is Phase.Succeeded or Phase.Failed))
            {
                pod.Finalizer = false;
            }
        }

        private void CreateMissing(List<NaivePod> active)
        {
            var used = active.Select(pod => pod.Index).ToHashSet();
            var wanted = Math.Min(parallelism, completions - Completed.Count);
            for (var index = 0; index < completions && active.Count < wanted; index++)
            {
                if (!Completed.Contains(index) && !used.Contains(index))
                {
                    var pod = new NaivePod(index, _attempts[index] = _attempts.GetValueOrDefault(index) + 1);
                    Pods.Add(pod);
                    active.Add(pod);
                }
            }
        }
    }
}
