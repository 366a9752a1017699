namespace K124.Sim.Tests.Hostile;

/// <summary>A command over the files of a case: arguments, of which those that are numbers of files stand for them.</summary>
/// <param name="Arguments">The arguments; <c>{0}</c> stands for the first file.</param>
/// <param name="Files">The files.</param>
internal sealed record CaseCommand(string[] Arguments, string[] Files)
{
    public string[] ArgumentsWith(string[] paths) =>
        [.. Arguments.Select(argument => argument is ['{', >= '0' and <= '9', '}'] ? paths[argument[1] - '0'] : argument)];
}

/// <summary>Commands over the inputs of the cases.</summary>
internal static class CaseCommands
{
    private static readonly string[] Runs =
    [
        "place --cluster claim-bound-before-the-pod/nodes.json --workload claim-bound-before-the-pod/static.json",
        "place --cluster claim-bound-before-the-pod/nodes-immediate.json --workload claim-bound-before-the-pod/immediate.json",
        "run --cluster claim-bound-before-the-pod/nodes.json --apply claim-bound-before-the-pod/static.json --for 10m",
        "fit --cluster daemonset-on-a-new-node/cluster.json --pod daemonset-on-a-new-node/pod.json",
        "run --cluster daemonset-on-a-new-node/cluster.json --apply daemonset-on-a-new-node/pod.json --for 10m",
        "fit --cluster defaults-of-cluster-objects/gpus-as-dumped.json --pod defaults-of-cluster-objects/train.json",
        "fit --cluster defaults-of-cluster-objects/hostnet.json --pod defaults-of-cluster-objects/edge.json",
        "explain --cluster disruption-budget-without-status/cluster.json --pod disruption-budget-without-status/pod.json",
        "drain --cluster drain-a-node/cluster.json --node b --force",
        "fit --cluster fields-of-newer-releases/spread-cluster.json --pod fields-of-newer-releases/spread-pod.json",
        "fit --cluster fit-of-a-deployment-and-of-several-pods/cluster.json --pod fit-of-a-deployment-and-of-several-pods/two-pods.yaml",
        "fit --cluster fit-of-a-deployment-and-of-several-pods/cluster.json --pod fit-of-a-deployment-and-of-several-pods/deployment.yaml",
        "job run --job job-retries-with-backoff/job.yaml --plan job-retries-with-backoff/plan.json",
        "job run --job job-retries-with-backoff/job-parallel.yaml --plan job-retries-with-backoff/plan.json",
        "job run --job job-retries-with-backoff/job.yaml --plan job-scenario-null-action/plan.json",
        "job forecast --job job-retries-with-backoff/job.yaml --duration 3 --failure 1",
        "fit --cluster limit-range-defaults/cluster.json --pod limit-range-defaults/pod.json",
        "explain --cluster namespace-name-label/cluster-labelled.json --pod namespace-name-label/pod-in.json",
        "fit --cluster pod-on-a-node-that-left/cluster.json --pod pod-on-a-node-that-left/pod.json --max 1000",
        "fit --cluster profile-disables-a-plugin-that-is-gone/cluster.json --pod profile-disables-a-plugin-that-is-gone/pod.json --profile profile-disables-a-plugin-that-is-gone/scheduler.yaml --max 2",
        "fit --cluster profile-with-an-extender/cluster.json --pod profile-with-an-extender/pod.json --profile profile-with-an-extender/scheduler.yaml --without-extenders --max 10",
        "place --cluster quota-stops-pods/cluster.json --workload quota-stops-pods/deployment.json",
        "run --cluster quota-stops-pods/cluster.json --apply quota-stops-pods/deployment.json --for 10m",
        "place --cluster scale-a-running-deployment/cluster-all.json --workload scale-a-running-deployment/web.json",
        "run --cluster scale-a-running-deployment/cluster-all.json --apply scale-a-running-deployment/web.json --for 10m",
        "serviceip plan --cidr 10.96.0.0/16,fd00::/108 --cluster service-ranges-of-two-families/services-dual.json",
        "place --cluster statefulset-waits-for-its-first/cluster.json --workload statefulset-waits-for-its-first/statefulset-parallel.json",
        "place --cluster workload-of-owned-objects/nodes.json --workload workload-of-owned-objects/dump.json",
        "run --cluster workload-of-owned-objects/nodes.json --apply workload-of-owned-objects/dump.json --for 10m",
    ];

    public static IEnumerable<CaseCommand> All()
    {
        var cases = Path.Combine(AppContext.BaseDirectory, "cases");
        foreach (var words in Runs.Select(static run => run.Split(' ')))
        {
            string[] files = [.. words.Where(IsFile).Select(word => Path.Combine(cases, word))];
            var next = 0;
            yield return new([.. words.Select(word => IsFile(word) ? $"{{{next++}}}" : word)], files);
        }
    }

    private static bool IsFile(string word) => word.EndsWith(".json", StringComparison.Ordinal) || word.EndsWith(".yaml", StringComparison.Ordinal);
}
