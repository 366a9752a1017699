using System.Globalization;
using K124.Sim.Planning;
using K124.Sim.Samples.RollingUpdate;

// A shop of 28 pods on four nodes that hold 32 of its size: a rollout with a surge of a quarter does not find room at once.
var cluster = Shop.Cluster();
var options = new RolloutOptions { ReadyAfter = TimeSpan.FromSeconds(40), StopAfter = TimeSpan.FromSeconds(5) };
foreach (var (name, strategy) in new[] { ("a surge of a quarter", Shop.Strategy("25%", "0")), ("no surge, a quarter unavailable", Shop.Strategy("0", "25%")) })
{
    var plan = RolloutPlanner.Plan(cluster, [Shop.Deployment("shop:2", strategy)], options);
    Console.WriteLine($"{name}:");
    WriteMinutes(plan);
    WriteAnswer(plan);
    Console.WriteLine();
}

static void WriteMinutes(RolloutPlan plan)
{
    Console.WriteLine("  after   ready  up-to-date  available  pods  waiting");
    foreach (var minute in plan.Moments.GroupBy(static moment => (int)moment.After.TotalMinutes))
    {
        var moment = minute.Last();
        var shop = moment.Workloads[0];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {moment.After:mm\\:ss}   {shop.Ready,2}/{shop.Wanted}  {shop.Updated,10}  {shop.Available,9}  {moment.Pods,4}  {moment.Waiting,7}"));
    }
}

static void WriteAnswer(RolloutPlan plan)
{
    Console.WriteLine(plan.Duration is { } duration ? $"  complete after {duration:mm\\:ss}" : "  does not complete");
    Console.WriteLine(plan.MissingNodes == 0 ? "  no pod waits for room" : $"  {plan.MissingNodes} more nodes like {plan.NodeModel} and no pod would wait for room");
    foreach (var block in plan.Blocks)
    {
        Console.WriteLine($"  {block.Reason}: {block.Message}");
    }

    foreach (var budget in plan.Budgets)
    {
        Console.WriteLine($"  budget {budget.Key}: at least {budget.LeastHealthy} healthy of {budget.Desired} desired; closed to evictions for {budget.ClosedFor:mm\\:ss}");
    }
}
