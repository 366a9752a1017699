using System.Collections.Immutable;
using K124.Sim.Model;
using K124.Sim.Nodes.Readiness;

namespace K124.Sim.Tests.Nodes;

public class RuntimeReadinessTests
{
    [Theory]
    [InlineData("containerd://1.6.3", "Block")]
    [InlineData("containerd://1.6.4-rc.0", "Block")]
    [InlineData("containerd://1.6.4", "")]
    [InlineData("containerd://1.6.4~ds1", "")]
    [InlineData("containerd://1.6.10", "")]
    [InlineData("containerd://1.7.0", "")]
    [InlineData("containerd://1.5.10", "Warn")]
    [InlineData("containerd://1.5.11", "")]
    [InlineData("containerd://1.4.13", "Warn")]
    [InlineData("cri-o://1.23.2", "Warn")]
    [InlineData("cri-o://1.24.0", "")]
    [InlineData("docker://20.10.12", "")]
    [InlineData("Unknown", "Warn")]
    public void Runtime_is_judged_by_its_version(string runtime, string severity)
    {
        Assert.Equal(severity, RuntimeReadiness.Check(runtime)?.Severity.ToString() ?? "");
    }

    [Fact]
    public void Early_containerd_works_with_plugins_that_know_its_version()
    {
        var fit = new CniFacts([new("0.4.0", IsSupported: true)], "1.0.0");
        Assert.Equal(ReadinessSeverity.Warn, RuntimeReadiness.Check("containerd://1.6.2", fit)!.Severity);
        var undeclared = fit with { Configs = [new(null, IsSupported: true)] };
        Assert.Contains("failed to destroy network", RuntimeReadiness.Check("containerd://1.6.2", undeclared)!.Message, StringComparison.Ordinal);
        var unknown = fit with { Configs = ImmutableArray.Create(new CniConfig("1.0.0", IsSupported: false)) };
        Assert.Contains("incompatible CNI versions", RuntimeReadiness.Check("containerd://1.6.2", unknown)!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("v1.23.6", "docker://20.10.12", "/var/run/dockershim.sock", "Block dockershim")]
    [InlineData("v1.22.9", "docker://19.3.15", "", "Block dockershim")]
    [InlineData("v1.23.6", "docker://20.10.12", "unix:///var/run/cri-dockerd.sock", "")]
    [InlineData("v1.24.0", "docker://20.10.12", "", "Info dockershim")]
    [InlineData("v1.23.6", "containerd://1.4.13", "", "Warn runtime-version")]
    public void Node_is_judged_by_its_kubelet_and_its_socket(string kubelet, string runtime, string socket, string expected)
    {
        var node = new Node
        {
            Metadata = new()
            {
                Name = "n",
                Annotations = socket.Length == 0 ? StringMap<string>.Empty : StringMap.Of((NodeReadiness.SocketAnnotation, socket)),
            },
            Status = new() { NodeInfo = new() { KubeletVersion = kubelet, ContainerRuntimeVersion = runtime } },
        };
        Assert.Equal(expected, string.Join(',', NodeReadiness.Check(node).Select(verdict => $"{verdict.Severity} {verdict.Rule}")));
    }

    [Fact]
    public void Dynamic_configuration_blocks()
    {
        var node = new Node
        {
            Metadata = new() { Name = "n" },
            Status = new() { NodeInfo = new() { KubeletVersion = "v1.23.0", ContainerRuntimeVersion = "cri-o://1.24.0" } },
        };
        Assert.Equal("dynamic-kubelet-config", Assert.Single(NodeReadiness.Check(node, hasConfigSource: true)).Rule);
        Assert.Empty(NodeReadiness.Check(node));
    }
}
