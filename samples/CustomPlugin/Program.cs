using CustomPlugin;
using K124.Sim;
using K124.Sim.Model;
using K124.Sim.Scheduling;
using K124.Sim.Scheduling.Configuration;

// Twelve licensed pods among forty-eight others on eight nodes; the licence server has ten seats.
Pod[] pods = [.. Enumerable.Range(0, 60).Select(i => i % 5 == 0 ? PodOf($"solver-{i / 5}", "licence") : PodOf($"web-{i}", "app"))];
var cluster = Cluster.Of([.. Enumerable.Range(0, 8).Select(i => (IApiObject)NodeOf($"node-{i}"))]);

Report("1.24's default profile", new Scheduler(cluster), null);

var licences = new Licences(seats: 10);
var defaults = SchedulerProfile.Default.Plugins;
var profile = SchedulerProfile.Default with
{
    Plugins = defaults with
    {
        PreFilter = [.. defaults.PreFilter, licences.Name],
        Score = [.. defaults.Score, new ScorePlugin(licences.Name, Weight: 10)],
        Reserve = [.. defaults.Reserve, licences.Name],
    },
};
Report("with Licences", new Scheduler(cluster, new() { Plugins = [licences], Configuration = new() { Profiles = [profile] } }), licences);

void Report(string title, Scheduler scheduler, Licences? own)
{
    var nodes = new SortedSet<string>(StringComparer.Ordinal);
    var (placed, refused) = (0, "");
    foreach (var pod in pods)
    {
        var decision = scheduler.Place(pod);
        placed += decision.IsScheduled ? 1 : 0;
        refused = decision.Failure?.Message ?? refused;
        if (decision.NodeName is { } node && pod.Metadata.Labels.ContainsKey("licence"))
        {
            nodes.Add(node);
        }
    }

    Console.WriteLine($"{title}: {placed} of {pods.Length} pods placed, licensed ones on {nodes.Count} node{(nodes.Count == 1 ? "" : "s")}{(own is null ? "" : $", {own.Taken} seats taken")}");
    if (refused.Length > 0)
    {
        Console.WriteLine($"  the last refusal: {refused}");
    }
}

static Node NodeOf(string name) => new()
{
    Metadata = new() { Name = name },
    Status = new() { Allocatable = StringMap.Of(("cpu", Quantity.Parse("8")), ("memory", Quantity.Parse("32Gi")), ("pods", Quantity.Parse("110"))) },
};

static Pod PodOf(string name, string label) => new()
{
    Metadata = new() { Name = name, Namespace = "default", Uid = name, Labels = StringMap.Of((label, "yes")) },
    Spec = new() { Containers = [new() { Name = "main", Resources = new() { Requests = StringMap.Of(("cpu", Quantity.Parse("500m")), ("memory", Quantity.Parse("1Gi"))) } }] },
};
