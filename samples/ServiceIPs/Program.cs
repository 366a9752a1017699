// How often does cluster DNS lose its address? A cluster comes up, some Services are created before DNS, and then DNS
// asks for the tenth address of the block. Ten thousand clusters with and without static ranges (KEP-3070).
using System.Globalization;
using K124.Sim;
using K124.Sim.Model;
using K124.Sim.Networking;
using K124.Sim.Platform;

const int Clusters = 10_000;
const ulong Seed = 124;
var cidr = ServiceCidr.Parse("10.96.0.0/24");
var dns = cidr.AddressAt(9);

Console.WriteLine($"{cidr}, DNS wants {dns}, {Clusters} clusters, seed {Seed}");
var gateOff = ClusterProfile.Default;
var gateOn = gateOff.With("ServiceIPStaticSubrange", true);
Console.WriteLine("services before DNS | gate off: DNS rejected, computed | gate on: DNS rejected, computed");
foreach (var services in new[] { 5, 20, 50, 100, 237, 245 })
{
    var plan = ServiceIPPlan.Of(cidr, [Service("kubernetes", cidr.AddressAt(0).ToString())]);
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{services,19} | {Rejected(services, gate: false),21:P2}, {plan.HitProbability([dns], services, gateOff),8:P2} | {Rejected(services, gate: true),20:P2}, {plan.HitProbability([dns], services, gateOn),8:P2}"));
}

double Rejected(int services, bool gate)
{
    var random = SeededRandom.Stream(Seed, $"{services} {gate}");
    var rejected = 0;
    for (var cluster = 0; cluster < Clusters; cluster++)
    {
        var range = new ServiceIPRange(cidr, new() { Profile = ClusterProfile.Default.With("ServiceIPStaticSubrange", gate), Random = random });
        range.TryAllocate(cidr.AddressAt(0));
        for (var i = 0; i < services; i++)
        {
            range.TryAllocateNext();
        }

        rejected += range.TryAllocate(dns).Succeeded ? 0 : 1;
    }

    return (double)rejected / Clusters;
}

static Service Service(string name, string clusterIP) => new()
{
    Metadata = new() { Name = name, Namespace = "default" },
    Spec = new() { ClusterIP = clusterIP, ClusterIPs = [clusterIP] },
};
