using K124.Sim.Platform;

namespace K124.Sim.Preflight.Rules;

/// <summary>Kubelets and API servers too far from 1.24.</summary>
internal sealed record VersionSkewRule() : PreflightRule("version-skew", "Components too far from 1.24", PreflightSeverity.Block)
{
    private const int KubeletsBehind = 2;

    private static readonly int Target = ServingRelease.Kubernetes124.Minor;

    public override IEnumerable<PreflightFinding> Check(PreflightContext context) => context.OfKind("Node").SelectMany(Node).Concat(context.Components.SelectMany(Server));

    private IEnumerable<PreflightFinding> Node(PreflightItem item)
    {
        var version = NodeFacts.KubeletVersion(item);
        if (NodeFacts.MinorOf(version.Text) is not { } minor)
        {
            yield break;
        }

        if (minor < Target - KubeletsBehind)
        {
            yield return Block(item, version.Path, $"kubelet {version.Text} is more than two minor versions older than the API server of 1.24: not supported", "upgrade the kubelet to 1.22 or later first");
        }
        else if (minor > Target)
        {
            yield return Block(item, version.Path, $"kubelet {version.Text} is newer than the API server of 1.24: not supported", "upgrade the control plane to the kubelet's minor version instead");
        }

        var proxy = item.Root["status"]["nodeInfo"]["kubeProxyVersion"];
        if (NodeFacts.MinorOf(proxy.Text) is { } proxyMinor && proxyMinor != minor)
        {
            yield return Warn(item, proxy.Path, $"kube-proxy {proxy.Text} has another minor version than the kubelet {version.Text} beside it: not supported", "bring both to one minor version");
        }
    }

    private IEnumerable<PreflightFinding> Server(ComponentLine line)
    {
        var tag = line.Image.Text[(line.Image.Text.LastIndexOf(':') + 1)..];
        if (line.Component == ComponentLine.ApiServer && NodeFacts.MinorOf(tag) is { } minor && (minor < Target - 1 || minor > Target))
        {
            yield return minor > Target
                ? Block(line.Item, line.Image.Path, $"the API server is of {tag}, newer than 1.24: it cannot go back", "none; 1.24 is behind this cluster")
                : Block(line.Item, line.Image.Path, $"the API server is of {tag}: minor versions cannot be skipped", $"upgrade to 1.{minor + 1} first, and from there on one by one");
        }
    }
}
