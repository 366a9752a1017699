using System.Globalization;
using K124.Sim.Model;

namespace K124.Sim.Samples.RollingUpdate;

/// <summary>A nearly full cluster: 28 pods of one core each on four nodes of eight.</summary>
internal static class Shop
{
    private const int Replicas = 28;

    public static Cluster Cluster()
    {
        var amounts = StringMap.Of(("cpu", Quantity.Parse("8")), ("memory", Quantity.Parse("32Gi")), ("pods", Quantity.Parse("110")));
        var nodes = Enumerable.Range(1, 4).Select(static i => string.Create(CultureInfo.InvariantCulture, $"node-{i}")).Select(name => new Node
        {
            Metadata = new() { Name = name, Labels = StringMap.Of(("kubernetes.io/hostname", name)) },
            Status = new() { Allocatable = amounts, Capacity = amounts },
        });
        return K124.Sim.Cluster.Of(
        [
            new Namespace { Metadata = new() { Name = "shop" } },
            .. nodes,
            Deployment("shop:1", Strategy("25%", "0")) with { Metadata = new() { Name = "web", Namespace = "shop", Generation = 1 } },
            new PodDisruptionBudget
            {
                Metadata = new() { Name = "web", Namespace = "shop" },
                Spec = new() { MinAvailable = new IntOrString("80%"), Selector = new() { MatchLabels = StringMap.Of(("app", "web")) } },
            },
        ]);
    }

    public static Deployment Deployment(string image, DeploymentStrategy strategy) => new()
    {
        Metadata = new() { Name = "web", Namespace = "shop" },
        Spec = new()
        {
            Replicas = Replicas,
            Strategy = strategy,
            Selector = new() { MatchLabels = StringMap.Of(("app", "web")) },
            Template = new()
            {
                Metadata = new() { Labels = StringMap.Of(("app", "web")) },
                Spec = new() { Containers = [new() { Name = "main", Image = image, Resources = new() { Requests = StringMap.Of(("cpu", Quantity.Parse("1"))) } }] },
            },
        },
    };

    public static DeploymentStrategy Strategy(string maxSurge, string maxUnavailable) =>
        new() { Type = "RollingUpdate", RollingUpdate = new() { MaxSurge = Amount(maxSurge), MaxUnavailable = Amount(maxUnavailable) } };

    private static IntOrString Amount(string text) => text.EndsWith('%') ? new(text) : new(int.Parse(text, CultureInfo.InvariantCulture));
}
