using System.Collections.Immutable;
using K124.Sim.Networking;

namespace K124.Sim.Cli.Output.ServiceIPs;

/// <summary>The plan of cluster IPs and node ports, for programs.</summary>
internal sealed record ServiceIPPlanJson(string ApiVersion, string Kind, ImmutableArray<BlockJson> Ranges, NodePortsJson NodePorts)
{
    public static ServiceIPPlanJson Of(ServiceIPPlanReport report) => new(
        JsonOutput.ApiVersion, "ServiceIPPlan", [.. report.Blocks.Select(BlockJson.Of)], NodePortsJson.Of(report.NodePorts));
}

internal sealed record BlockJson(
    string Cidr,
    int UsableAddresses,
    BandsJson Bands,
    int AllocationsUntilStaticBand,
    bool PanicsWithGate,
    ImmutableArray<HeldAddressJson> Services,
    ImmutableArray<HeldAddressJson> Duplicates,
    ImmutableArray<string> Wanted,
    ImmutableArray<string> WantedButHeld,
    int NextAllocations,
    HitProbabilityJson HitProbability)
{
    public static BlockJson Of(BlockReport report)
    {
        var plan = report.Plan;
        return new(
            plan.Cidr.ToString(), plan.Cidr.UsableCount, new(BandJson.Of(plan, ServiceIPBand.Static), BandJson.Of(plan, ServiceIPBand.Dynamic)),
            plan.AllocationsUntilStaticBand, plan.PanicsWithGate, [.. plan.Placements.Select(HeldAddressJson.Of)], [.. plan.Duplicates.Select(HeldAddressJson.Of)],
            [.. report.Wanted.Select(static address => address.ToString())], [.. report.Held.Select(static address => address.ToString())],
            report.Next, new(Number(report.HitOff), Number(report.HitOn)));
    }

    private static double? Number(double value) => double.IsNaN(value) ? null : Math.Round(value, 9);
}

internal sealed record BandsJson(BandJson Static, BandJson Dynamic);

internal sealed record BandJson(int Addresses, int Used, int Free)
{
    public static BandJson Of(ServiceIPPlan plan, ServiceIPBand band) => new(plan.SizeOf(band), plan.SizeOf(band) - plan.FreeIn(band), plan.FreeIn(band));
}

/// <summary>An address that a Service holds; the band is <c>none</c> where the block does not have it.</summary>
internal sealed record HeldAddressJson(string Service, string ClusterIP, string Band)
{
    public static HeldAddressJson Of(ServiceIPPlacement placement) =>
        new(placement.Service.ToString(), placement.Address.ToString(), ServiceIPPlanTables.NameOf(placement.Band));
}

/// <summary>Probability of a collision; null where 1.24 panics.</summary>
internal sealed record HitProbabilityJson(double? GateOff, double? GateOn);

internal sealed record NodePortsJson(string Range, int Ports, int Used, ImmutableArray<HeldPortJson> Services, ImmutableArray<HeldPortJson> Duplicates)
{
    public static NodePortsJson Of(NodePortPlan plan) => new(
        plan.Ports.ToString(), plan.Ports.Count, plan.Used, [.. plan.Placements.Select(HeldPortJson.Of)], [.. plan.Duplicates.Select(HeldPortJson.Of)]);
}

internal sealed record HeldPortJson(string Service, int NodePort)
{
    public static HeldPortJson Of(NodePortPlacement placement) => new(placement.Service.ToString(), placement.Port);
}
