using K124.Sim.Tests.Cli;

namespace K124.Sim.Tests.Networking;

public sealed class ServiceIPCommandTests : IDisposable
{
    private readonly CliHarness _cli = new();

    private string Small => _cli.Write("services.yaml", """
        apiVersion: v1
        kind: Service
        metadata: {name: kubernetes, namespace: default}
        spec: {clusterIP: 10.96.0.1, clusterIPs: [10.96.0.1], ports: [{port: 443}]}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: web, namespace: shop}
        spec: {type: NodePort, clusterIP: 10.96.0.77, clusterIPs: [10.96.0.77], ports: [{port: 80, nodePort: 30080}]}
        """);

    public void Dispose() => _cli.Dispose();

    [Fact]
    public void Json_tells_bands_services_and_odds()
    {
        var run = CliHarness.Run("serviceip", "plan", "--cidr", "10.96.0.0/24", "--want", "10.96.0.10", "--next", "10", "--cluster", Small, "-o", "json");
        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.Equal("ServiceIPPlan", run.Json().GetProperty("kind").GetString());
        var block = run.Json().GetProperty("ranges")[0];
        Assert.Equal(237, block.GetProperty("allocationsUntilStaticBand").GetInt32());
        Assert.Equal("dynamic", block.GetProperty("services")[1].GetProperty("band").GetString());
        Assert.Equal(0, block.GetProperty("hitProbability").GetProperty("gateOn").GetDouble());
        Assert.InRange(block.GetProperty("hitProbability").GetProperty("gateOff").GetDouble(), 0.03, 0.05);
        Assert.Equal(30080, run.Json().GetProperty("nodePorts").GetProperty("services")[0].GetProperty("nodePort").GetInt32());
    }

    [Fact]
    public void Tables_name_the_bands_and_a_wanted_address_that_is_held()
    {
        var run = CliHarness.Run("serviceip", "plan", "--cidr", "10.96.0.0/24", "--want", "10.96.0.77", "--next", "10", "--cluster", Small);
        Assert.Equal(1, run.Code);
        Assert.Contains("Wanted, but held: 10.96.0.77", run.Output, StringComparison.Ordinal);
        Assert.Contains("default/kubernetes 10.96.0.1", run.Output, StringComparison.Ordinal);
        Assert.All(run.Output.Split('\n'), static line => Assert.True(line.Length <= 80 && line.TrimEnd() == line.TrimEnd('\r'), line));
    }

    [Theory]
    [InlineData(2, "--cidr: 'bogus' is not a block", "--cidr", "bogus")]
    [InlineData(2, "--cidr: both blocks are of the family IPv4", "--cidr", "10.96.0.0/24,10.97.0.0/24")]
    [InlineData(2, "--want: '10.97.0.1' is not a usable address", "--cidr", "10.96.0.0/24", "--want", "10.97.0.1")]
    [InlineData(2, "--next: '-1' is not a number from 0 on", "--cidr", "10.96.0.0/24", "--next", "-1")]
    [InlineData(1, "", "--cidr", "10.96.0.0/24", "--next", "255")]
    [InlineData(0, "", "--cidr", "10.96.0.0/24")]
    [InlineData(0, "", "--cidr", "10.96.0.0/28", "--next", "3", "-o", "json")]
    public void Exit_codes_tell_bad_input_from_what_does_not_fit(int expected, string error, params string[] args)
    {
        var run = CliHarness.Run(["serviceip", "plan", .. args]);
        Assert.Equal(expected, run.Code);
        Assert.Contains(error, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Apply_tells_what_each_service_gets_or_why_not()
    {
        var manifests = _cli.Write("new.yaml", """
            apiVersion: v1
            kind: Service
            metadata: {name: taken, namespace: shop}
            spec: {clusterIP: 10.96.0.1, ports: [{port: 80}]}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: web, namespace: shop}
            spec: {type: NodePort, ports: [{port: 80}]}
            """);
        var old = _cli.Write("old.yaml", "apiVersion: v1\nkind: Service\nmetadata: {name: kubernetes, namespace: default}\nspec: {ports: [{port: 443}]}\n");
        string[] arguments = ["serviceip", "apply", "--cidr", "10.96.0.0/24", "--cluster", Small, "--manifests", manifests, "-o", "json"];
        var run = CliHarness.Run(arguments);
        Assert.Equal((1, ""), (run.Code, run.Error));
        var services = run.Json().GetProperty("services");
        Assert.Contains("failed to allocate IP 10.96.0.1: provided IP is already allocated", services[0].GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(("update", 30080), (services[1].GetProperty("action").GetString(), services[1].GetProperty("nodePorts")[0].GetInt32()));
        Assert.Equal(0, CliHarness.Run([.. arguments, "--delete", old]).Code);
    }
}
