using K124.Sim.Model;
using K124.Sim.Networking;

namespace K124.Sim.Tests.Networking;

public class ServiceRegistryTests
{
    private static readonly string[] Types = ["", "ClusterIP", "NodePort", "LoadBalancer", "ExternalName", "Bogus"];
    private static readonly string?[] Policies = [null, "SingleStack", "PreferDualStack", "RequireDualStack"];
    private static readonly string[] IPs = ["", "", "", "None", "10.0.0.1", "10.0.0.2", "10.0.0.7", "fd00::1", "bogus", "010.0.0.3"];
    private static readonly string[] Families = ["IPv4", "IPv6", "IPv5"];

    [FsCheck.Xunit.Property(MaxTest = 300)]
    public void Allocators_hold_exactly_what_the_services_show(int seed)
    {
        var random = new SeededRandom((ulong)seed);
        var primary = new ServiceIPRange("10.0.0.0/29", new() { Profile = new() { Seed = (ulong)seed } });
        var secondary = new ServiceIPRange("fd00::/125", new() { Profile = new() { Seed = (ulong)seed + 1 } });
        var ports = new NodePortRange(new(30000, 30009), random);
        var registry = new ServiceRegistry(primary, secondary, ports, random);
        for (var i = 0; i < 40; i++)
        {
            var before = (primary.Snapshot(), secondary.Snapshot(), ports.Snapshot());
            var name = $"s{random.Next(5)}";
            var dryRun = random.Next(6) == 0;
            var result = random.Next(5) switch
            {
                0 => registry.Delete(new("ns", name), dryRun),
                1 or 2 => registry.Create(RandomService(name, random), dryRun),
                _ => registry.Update(RandomService(name, random), dryRun),
            };
            if (dryRun)
            {
                Assert.Equal(before, (primary.Snapshot(), secondary.Snapshot(), ports.Snapshot()));
            }

            Assert.True(result.Succeeded != (result.Service is null));

            // 1.24 keeps the first family's address when the second one's allocation fails; the repair loop finds it.
            // An ExternalName may show an address that it does not hold.
            var shown = registry.Services
                .Where(service => service.Spec.Type != "ExternalName")
                .SelectMany(service => service.Spec.ClusterIPs)
                .Where(ip => ip != "None")
                .Select(ip => ServiceIP.Parse(ip).ToString())
                .Order(StringComparer.Ordinal)
                .ToArray();
            Assert.Equal(shown.Distinct(StringComparer.Ordinal), shown);
            RemoveLeaks(primary, shown);
            RemoveLeaks(secondary, shown);
            Assert.Equal(shown, primary.Allocated().Concat(secondary.Allocated()).Select(ip => ip!.Value.ToString()).Order(StringComparer.Ordinal));
            var numbers = registry.Services
                .SelectMany(service => service.Spec.Ports.Select(port => port.NodePort).Append(service.Spec.HealthCheckNodePort).Where(port => port != 0).Distinct())
                .Order()
                .ToArray();
            Assert.Equal(numbers, ports.Allocated());
        }
    }

    [Fact]
    public void A_create_that_fails_late_gives_everything_back()
    {
        var primary = new ServiceIPRange("10.0.0.0/24");
        var ports = new NodePortRange();
        var registry = new ServiceRegistry(primary, nodePorts: ports);
        var service = new Service { Metadata = new() { Name = "a", Namespace = "ns" }, Spec = new() { Type = "NodePort", Ports = [new() { Port = 80 }] } };
        Assert.True(registry.Create(service).Succeeded);
        var again = registry.Create(service);
        Assert.Equal((409, "services \"a\" already exists"), (again.Error!.Code, again.Error.Message));
        Assert.Equal((1, 1), (primary.Used, ports.Used));
        Assert.True(registry.Delete(new("ns", "a")).Succeeded);
        Assert.Equal((0, 0), (primary.Used, ports.Used));
    }

    [Fact]
    public void A_create_ignores_the_status_that_is_sent()
    {
        var registry = new ServiceRegistry(new ServiceIPRange("10.0.0.0/24"));
        var service = new Service
        {
            Metadata = new() { Name = "a", Namespace = "ns" },
            Spec = new() { Ports = [new() { Port = 80 }] },
            Status = new() { LoadBalancer = new() { Ingress = [new() { IP = "1.2.3.4" }] } },
        };
        Assert.Empty(registry.Create(service).Service!.Status.LoadBalancer?.Ingress ?? []);
    }

    [Fact]
    public void An_update_to_an_unknown_type_is_refused_and_changes_nothing()
    {
        var primary = new ServiceIPRange("10.0.0.0/29");
        var secondary = new ServiceIPRange("fd00::/125");
        var registry = new ServiceRegistry(primary, secondary);
        var service = new Service { Metadata = new() { Name = "a", Namespace = "ns" }, Spec = new() { Ports = [new() { Port = 80 }] } };
        Assert.True(registry.Create(service).Succeeded);
        var result = registry.Update(service with { Spec = service.Spec with { Type = "Bogus", IPFamilyPolicy = "RequireDualStack" } });
        Assert.Equal(422, result.Error!.Code);
        Assert.Contains("spec.type: Unsupported value: \"Bogus\"", result.Error.Message, StringComparison.Ordinal);
        Assert.Equal((1, 0), (primary.Used, secondary.Used));
    }

    private static void RemoveLeaks(ServiceIPRange range, string[] shown)
    {
        var leaked = range.Allocated().Select(ip => ip!.Value).Where(ip => !shown.Contains(ip.ToString())).ToArray();
        Assert.True(leaked.Length <= 1);
        foreach (var address in leaked)
        {
            range.Release(address);
        }
    }

    private static Service RandomService(string name, SeededRandom random)
    {
        var ip = IPs[random.Next(IPs.Length)];
        var type = Types[random.Next(Types.Length)];

        // 1.24 lets an ExternalName Service show node ports that it does not hold, so none is asked for here.
        var nodePortOdds = type == "ExternalName" ? 1 : 4;
        return new()
        {
            Metadata = new() { Name = name, Namespace = "ns" },
            Spec = new()
            {
                Type = type,
                ClusterIP = ip,
                ClusterIPs = random.Next(3) switch
                {
                    0 when ip.Length > 0 => [ip, IPs[random.Next(IPs.Length)]],
                    1 when random.Next(8) == 0 => [IPs[random.Next(IPs.Length)], "fd00::2", "10.0.0.4"],
                    _ => [],
                },
                IPFamilies = [.. Enumerable.Range(0, Math.Max(0, (int)random.Next(5) - 2)).Select(_ => Families[random.Next(random.Next(6) == 0 ? 3 : 2)])],
                IPFamilyPolicy = Policies[random.Next(Policies.Length)],
                ExternalName = random.Next(3) == 0 ? "a.b" : "",
                ExternalTrafficPolicy = random.Next(4) == 0 ? "Local" : "",
                Selector = random.Next(3) == 0 ? null : StringMap<string>.Empty,
                Ports = [.. Enumerable.Range(0, 1 + (int)random.Next(2)).Select(index => new ServicePort
                {
                    Name = $"p{index}",
                    Port = 80 + index,
                    NodePort = random.Next(nodePortOdds) == 1 ? 29999 + (int)random.Next(13) : 0,
                })],
            },
        };
    }
}
