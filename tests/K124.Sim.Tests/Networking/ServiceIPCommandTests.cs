using System.Text.Json;
using K124.Sim.Cli;
using K124.Sim.Cli.Commands;
using K124.Sim.Model;
using K124.Sim.Networking;

namespace K124.Sim.Tests.Networking;

public class ServiceIPCommandTests
{
    private static readonly Cluster Small = Cluster.Of(
        new Service { Metadata = new() { Name = "kubernetes", Namespace = "default" }, Spec = new() { ClusterIP = "10.96.0.1", ClusterIPs = ["10.96.0.1"] } },
        new Service { Metadata = new() { Name = "web", Namespace = "shop" }, Spec = new() { ClusterIP = "10.96.0.77", ClusterIPs = ["10.96.0.77"] } });

    [Fact]
    public void Json_tells_bands_services_and_odds()
    {
        using var output = new StringWriter();
        var code = ServiceIPCommand.Run(Small, new(ServiceCidr.Parse("10.96.0.0/24"), [ServiceIP.Parse("10.96.0.10")], 10, IsJson: true), output);
        using var json = JsonDocument.Parse(output.ToString());
        Assert.Equal(0, code);
        Assert.Equal(237, json.RootElement.GetProperty("allocationsUntilStaticBand").GetInt32());
        Assert.Equal("dynamic", json.RootElement.GetProperty("services")[1].GetProperty("band").GetString());
        Assert.Equal(0, json.RootElement.GetProperty("hitProbability").GetProperty("gateOn").GetDouble());
        Assert.InRange(json.RootElement.GetProperty("hitProbability").GetProperty("gateOff").GetDouble(), 0.03, 0.05);
    }

    [Fact]
    public void Table_names_the_bands_and_a_wanted_address_that_is_held()
    {
        using var output = new StringWriter();
        var code = ServiceIPCommand.Run(Small, new(ServiceCidr.Parse("10.96.0.0/24"), [ServiceIP.Parse("10.96.0.77")], 10, IsJson: false), output);
        Assert.Equal(1, code);
        Assert.Contains("wanted, but held: 10.96.0.77", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("default/kubernetes 10.96.0.1", output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "--cidr", "bogus")]
    [InlineData(2, "--cidr", "10.96.0.0/24", "--want", "10.97.0.1")]
    [InlineData(2, "--cidr", "10.96.0.0/24", "--next", "-1")]
    [InlineData(1, "--cidr", "10.96.0.0/24", "--next", "255")]
    [InlineData(0, "--cidr", "10.96.0.0/24")]
    [InlineData(0, "--cidr", "10.96.0.0/28", "--next", "3", "-o", "json")]
    public void Exit_codes_tell_bad_input_from_what_does_not_fit(int expected, params string[] args) =>
        Assert.Equal(expected, ServiceIPCommand.Create(Terminal.Create(TextWriter.Null, TextWriter.Null, false, false, TimeProvider.System), _ => Small).Parse(["plan", .. args]).Invoke());
}
