using System.Text.Json;
using K124.Sim.Model;
using K124.Sim.Networking;
using K124.Sim.Tests.Cli;
using static K124.Sim.Tests.Cases.CaseFiles;

namespace K124.Sim.Tests.Cases;

public sealed class ServiceCaseTests
{
    private const string Taken =
        "Service \"fin2\" is invalid: spec.clusterIPs: Invalid value: []string{\"10.96.4.133\"}: failed to allocate IP 10.96.4.133: provided IP is already allocated";

    [Fact]
    public void A_service_that_waits_for_its_finalizers_keeps_its_address()
    {
        var registry = new ServiceRegistry(new ServiceIPRange("10.96.0.0/16"));
        using var steps = JsonDocument.Parse(TextOf("service-deleted-with-finalizer", "steps.json"));
        var answers = steps.RootElement.EnumerateArray().Select(step => Run(registry, step)).ToArray();
        Assert.Null(answers[0].Error);
        Assert.NotNull(answers[1].Service!.Metadata.DeletionTimestamp);
        Assert.Equal(0, answers[1].Service!.Metadata.DeletionGracePeriodSeconds);
        Assert.Equal(Taken, answers[2].Error!.Message);
        Assert.NotNull(answers[3].Service!.Metadata.DeletionTimestamp);
        Assert.Null(registry.Find(new("default", "fin")));
        Assert.Null(answers[^1].Error);
        Assert.NotNull(registry.Find(new("default", "fin2")));
    }

    [Fact]
    public void A_plan_covers_two_blocks()
    {
        var run = CliHarness.Run("serviceip", "plan", "--cidr", "10.96.0.0/16,fd00::/108", "--cluster", Of("service-ranges-of-two-families", "services-dual.json"), "-o", "json");
        var ranges = run.Json().GetProperty("ranges");
        Assert.Equal(["10.96.0.11", "10.96.0.12"], Addresses(ranges[0]));
        Assert.Equal(["fd00::b"], Addresses(ranges[1]));
        Assert.All(ranges.EnumerateArray(), static range => Assert.Equal(256, range.GetProperty("bands").GetProperty("static").GetProperty("addresses").GetInt32()));
    }

    [Fact]
    public void A_plan_tells_which_services_fight_over_an_address_or_a_port()
    {
        var run = CliHarness.Run("serviceip", "plan", "--cidr", "10.52.0.0/24", "--cluster", Of("service-ranges-of-two-families", "services.json"));
        Assert.Equal(1, run.Code);
        Assert.Contains("Held twice; please recreate: default/b 10.52.0.11", run.Output, StringComparison.Ordinal);
        Assert.Contains("Not a usable address of 10.52.0.0/24; please recreate: default/kubernetes 10.51.0.1", run.Output, StringComparison.Ordinal);
        Assert.Contains("Held twice; please recreate: default/lb2 node port 30000", run.Output, StringComparison.Ordinal);
    }

    private static ServiceResult Run(ServiceRegistry registry, JsonElement step)
    {
        var operation = step.GetProperty("op").GetString();
        var service = step.TryGetProperty("service", out var given) ? KubernetesJson.Deserialize<Service>(given.GetRawText()) : null;
        var key = service is null ? new ObjectKey("default", step.GetProperty("name").GetString()!) : ObjectKey.Of(service);
        return operation switch
        {
            "create" => registry.Create(service!),
            "update" => registry.Update(service!),
            "delete" => registry.Delete(key),
            _ => new(registry.Find(key), null),
        };
    }

    private static string[] Addresses(JsonElement range) => [.. range.GetProperty("services").EnumerateArray().Select(static service => service.GetProperty("clusterIP").GetString()!)];
}
