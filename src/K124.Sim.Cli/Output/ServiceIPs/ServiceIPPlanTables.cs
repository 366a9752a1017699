using System.Globalization;
using K124.Sim.Networking;

namespace K124.Sim.Cli.Output.ServiceIPs;

/// <summary>Shows people what blocks of cluster IPs and the node ports hold.</summary>
internal static class ServiceIPPlanTables
{
    private const int ServiceLimit = 10;

    public static string NameOf(ServiceIPBand? band) => band switch
    {
        ServiceIPBand.Static => "static",
        ServiceIPBand.Dynamic => "dynamic",
        _ => "none",
    };

    public static void Write(Terminal terminal, ServiceIPPlanReport report)
    {
        foreach (var block in report.Blocks)
        {
            WriteBlock(terminal, block);
        }

        WritePorts(terminal, report.NodePorts);
    }

    private static void WriteBlock(Terminal terminal, BlockReport report)
    {
        var plan = report.Plan;
        terminal.Output.WriteLine($"{plan.Cidr}: {Amounts.Count(plan.Cidr.UsableCount)} usable addresses.");
        terminal.Output.WriteLine();
        var bands = new TableView().Text("BAND").Number("ADDRESSES").Number("USED").Number("FREE").Text("SERVICES");
        foreach (var band in new[] { ServiceIPBand.Static, ServiceIPBand.Dynamic })
        {
            var services = plan.Placements.Where(placement => placement.Band == band).Select(static placement => $"{placement.Service} {placement.Address}");
            bands.Row(
                NameOf(band), Amounts.Count(plan.SizeOf(band)), Amounts.Count(plan.SizeOf(band) - plan.FreeIn(band)), Amounts.Count(plan.FreeIn(band)), Listed([.. services]));
        }

        bands.WriteTo(terminal);
        terminal.Output.WriteLine($"Dynamic allocations until the static band is used: {Amounts.Count(plan.AllocationsUntilStaticBand)}");
        foreach (var duplicate in plan.Duplicates)
        {
            terminal.WriteLine($"Held twice; please recreate: {duplicate.Service} {duplicate.Address}", TableView.Bad);
        }

        foreach (var placement in plan.Placements.Where(static placement => placement.Band is null))
        {
            terminal.WriteLine($"Not a usable address of {plan.Cidr}; please recreate: {placement.Service} {placement.Address}", TableView.Bad);
        }

        foreach (var address in report.Held)
        {
            terminal.WriteLine($"Wanted, but held: {address}", TableView.Bad);
        }

        if (!report.Wanted.IsEmpty)
        {
            terminal.Output.WriteLine($"Probability that the next {Amounts.Count(report.Next)} dynamic allocations take one of {string.Join(", ", report.Wanted)}:");
            terminal.Output.WriteLine($"  ServiceIPStaticSubrange off  {Percent(report.HitOff)}");
            terminal.Output.WriteLine($"  ServiceIPStaticSubrange on   {Percent(report.HitOn)}");
        }

        terminal.Output.WriteLine();
    }

    private static void WritePorts(Terminal terminal, NodePortPlan plan)
    {
        if (plan.Placements.IsEmpty)
        {
            return;
        }

        terminal.Output.WriteLine($"Node ports {plan.Ports}: {Amounts.Count(plan.Used)} of {Amounts.Count(plan.Ports.Count)} used.");
        terminal.Output.WriteLine();
        var table = new TableView().Number("NODE PORT").Text("SERVICES");
        foreach (var port in plan.Placements.GroupBy(static placement => placement.Port))
        {
            table.Row(port.Count() > 1 ? TableView.Bad : TableView.Plain, port.Key.ToString(CultureInfo.InvariantCulture), Listed([.. port.Select(static placement => placement.Service.ToString())]));
        }

        table.WriteTo(terminal);
        foreach (var duplicate in plan.Duplicates)
        {
            terminal.WriteLine($"Held twice; please recreate: {duplicate.Service} node port {duplicate.Port.ToString(CultureInfo.InvariantCulture)}", TableView.Bad);
        }

        foreach (var placement in plan.Placements.Where(placement => !plan.Ports.Contains(placement.Port)))
        {
            terminal.WriteLine($"Not a port of {plan.Ports}; please recreate: {placement.Service} node port {placement.Port.ToString(CultureInfo.InvariantCulture)}", TableView.Bad);
        }
    }

    private static string Listed(string[] items) =>
        string.Join("\n", items.Take(ServiceLimit)) + (items.Length > ServiceLimit ? $"\nand {Amounts.Count(items.Length - ServiceLimit)} more; -o json has them all" : "");

    private static string Percent(double value) =>
        double.IsNaN(value) ? "1.24 panics" : string.Create(CultureInfo.InvariantCulture, $"{value * 100:0.####} %");
}
