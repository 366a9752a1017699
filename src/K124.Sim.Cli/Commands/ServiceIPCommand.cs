using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using K124.Sim.Networking;
using Spectre.Console;

namespace K124.Sim.Cli.Commands;

/// <summary><c>k124 serviceip plan</c>: what a block of cluster IPs holds, and what the next draws may take.</summary>
internal static class ServiceIPCommand
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <param name="terminal">Where to write to.</param>
    /// <param name="loadCluster">Reads the cluster at a path; null if it cannot be read, which has been said.</param>
    public static Command Create(Terminal terminal, Func<string, Cluster?> loadCluster)
    {
        var cidr = new Option<string>("--cidr") { Description = "The API server's --service-cluster-ip-range, one block", Required = true };
        var cluster = new Option<string?>("--cluster") { Description = "File or folder with the cluster's Services" };
        var want = new Option<string[]>("--want")
        {
            Description = "Addresses to fix later; the default is the tenth, where DNS goes",
            AllowMultipleArgumentsPerToken = true,
        };
        var next = new Option<int>("--next") { Description = "Dynamic allocations to look ahead", DefaultValueFactory = _ => 100 };
        var output = new Option<string>("--output", "-o") { Description = "table or json", DefaultValueFactory = _ => "table" };
        output.AcceptOnlyFromAmong("table", "json");
        var plan = new Command("plan", "Bands, what is in them, and the odds that dynamic allocations take an address wanted later")
        {
            cidr, cluster, want, next, output,
        };
        plan.SetAction(parsed =>
        {
            var isJson = parsed.GetValue(output) == "json";
            if (!TryRead(parsed.GetRequiredValue(cidr), parsed.GetValue(want) ?? [], parsed.GetValue(next), isJson, out var options, out var error))
            {
                terminal.Error.WriteLine(error);
                return ExitCode.BadInput;
            }

            var services = parsed.GetValue(cluster) is { } path ? loadCluster(path) : Cluster.Empty;
            return services is null ? ExitCode.BadInput : Run(services, options, terminal.Output);
        });
        return new("serviceip", "Questions about cluster IPs") { plan };
    }

    /// <summary>Answers: 0 if the block serves what is asked, 1 if it does not.</summary>
    public static int Run(Cluster cluster, ServiceIPPlanOptions options, TextWriter output)
    {
        var plan = ServiceIPPlan.Of(options.Cidr, cluster.Services);
        var held = options.Wanted.Where(plan.IsHeld).ToImmutableArray();
        var hitOff = plan.HitProbability(options.Wanted, options.Next, serviceIPStaticSubrange: false);
        var hitOn = plan.HitProbability(options.Wanted, options.Next, serviceIPStaticSubrange: true);
        if (options.IsJson)
        {
            output.WriteLine(Json(plan, options, held, hitOff, hitOn).ToJsonString(Indented));
        }
        else
        {
            WriteTables(plan, options, held, hitOff, hitOn, output);
        }

        var free = plan.FreeIn(ServiceIPBand.Static) + plan.FreeIn(ServiceIPBand.Dynamic);
        return held.IsEmpty && plan.Duplicates.IsEmpty && options.Next <= free ? ExitCode.Done : ExitCode.Negative;
    }

    private static bool TryRead(string cidrText, string[] want, int next, bool isJson, out ServiceIPPlanOptions options, out string error)
    {
        options = null!;
        error = "";
        if (!ServiceCidr.TryParse(cidrText, out var cidr))
        {
            error = $"--cidr: invalid CIDR address: {cidrText}";
        }
        else if (next < 0)
        {
            error = "--next: must not be negative";
        }
        else if (want.FirstOrDefault(text => !ServiceIP.TryParse(text, out var address) || !cidr.TryGetOffset(address, out _)) is { } bad)
        {
            error = $"--want: {bad} is not a usable address of {cidr}";
        }
        else
        {
            var wanted = want.Length > 0 ? want.Select(ServiceIP.Parse) : cidr.UsableCount > 9 ? [cidr.AddressAt(9)] : [];
            options = new(cidr, [.. wanted.Distinct()], next, isJson);
        }

        return error.Length == 0;
    }

    private static JsonObject Json(ServiceIPPlan plan, ServiceIPPlanOptions options, ImmutableArray<ServiceIP> held, double hitOff, double hitOn) => new()
    {
        ["cidr"] = plan.Cidr.ToString(),
        ["usableAddresses"] = plan.Cidr.UsableCount,
        ["bands"] = new JsonObject { ["static"] = Band(plan, ServiceIPBand.Static), ["dynamic"] = Band(plan, ServiceIPBand.Dynamic) },
        ["allocationsUntilStaticBand"] = plan.AllocationsUntilStaticBand,
        ["panicsWithGate"] = plan.PanicsWithGate,
        ["services"] = new JsonArray([.. plan.Placements.Select(placement => (JsonNode)new JsonObject
        {
            ["service"] = placement.Service.ToString(),
            ["clusterIP"] = placement.Address.ToString(),
            ["band"] = BandName(placement.Band),
        })]),
        ["duplicates"] = new JsonArray([.. plan.Duplicates.Select(placement => (JsonNode)$"{placement.Service} {placement.Address}")]),
        ["wanted"] = new JsonArray([.. options.Wanted.Select(address => (JsonNode)address.ToString())]),
        ["wantedButHeld"] = new JsonArray([.. held.Select(address => (JsonNode)address.ToString())]),
        ["nextAllocations"] = options.Next,
        ["hitProbability"] = new JsonObject { ["gateOff"] = Number(hitOff), ["gateOn"] = Number(hitOn) },
    };

    private static JsonObject Band(ServiceIPPlan plan, ServiceIPBand band) => new()
    {
        ["addresses"] = plan.SizeOf(band),
        ["used"] = plan.SizeOf(band) - plan.FreeIn(band),
        ["free"] = plan.FreeIn(band),
    };

    private static void WriteTables(
        ServiceIPPlan plan, ServiceIPPlanOptions options, ImmutableArray<ServiceIP> held, double hitOff, double hitOn, TextWriter output)
    {
        var console = AnsiConsole.Create(new() { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(output) });
        var bands = new Table().AddColumns("BAND", "ADDRESSES", "USED", "FREE", "SERVICES");
        foreach (var band in new[] { ServiceIPBand.Static, ServiceIPBand.Dynamic })
        {
            var services = plan.Placements.Where(placement => placement.Band == band).Select(placement => $"{placement.Service} {placement.Address}").ToArray();
            var shown = string.Join("\n", services.Take(10)) + (services.Length > 10 ? $"\nand {services.Length - 10} more" : "");
            bands.AddRow(
                new Spectre.Console.Text(BandName(band)), Cell(plan.SizeOf(band)), Cell(plan.SizeOf(band) - plan.FreeIn(band)), Cell(plan.FreeIn(band)), new Spectre.Console.Text(shown));
        }

        console.Write(bands);
        output.WriteLine(FormattableString.Invariant($"dynamic allocations until the static band is used: {plan.AllocationsUntilStaticBand}"));
        foreach (var duplicate in plan.Duplicates)
        {
            output.WriteLine($"duplicate: {duplicate.Service} {duplicate.Address}");
        }

        foreach (var placement in plan.Placements.Where(placement => placement.Band is null))
        {
            output.WriteLine($"not a usable address of {plan.Cidr}: {placement.Service} {placement.Address}");
        }

        foreach (var address in held)
        {
            output.WriteLine($"wanted, but held: {address}");
        }

        var wanted = string.Join(", ", options.Wanted);
        output.WriteLine(FormattableString.Invariant($"probability that the next {options.Next} dynamic allocations take one of {wanted}:"));
        output.WriteLine($"  ServiceIPStaticSubrange off  {Percent(hitOff)}");
        output.WriteLine($"  ServiceIPStaticSubrange on   {Percent(hitOn)}");
    }

    private static Spectre.Console.Text Cell(int number) => new(number.ToString(CultureInfo.InvariantCulture));

    private static string BandName(ServiceIPBand? band) => band switch
    {
        ServiceIPBand.Static => "static",
        ServiceIPBand.Dynamic => "dynamic",
        _ => "none",
    };

    private static JsonNode? Number(double value) => double.IsNaN(value) ? null : Math.Round(value, 9);

    private static string Percent(double value) =>
        double.IsNaN(value) ? "1.24 panics" : string.Create(CultureInfo.InvariantCulture, $"{value * 100:0.####} %");
}
