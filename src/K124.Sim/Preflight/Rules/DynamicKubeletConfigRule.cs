namespace K124.Sim.Preflight.Rules;

/// <summary>Nodes that take their kubelet's configuration from a ConfigMap.</summary>
internal sealed record DynamicKubeletConfigRule() : ItemRule("dynamic-kubelet-config", "Nodes with dynamic kubelet configuration", PreflightSeverity.Block)
{
    protected override IEnumerable<PreflightFinding> Check(PreflightItem item, PreflightContext context)
    {
        if (item.Kind != "Node")
        {
            yield break;
        }

        if (item.Root["spec"]["configSource"] is { Exists: true } source)
        {
            yield return Block(item, source.Path, "a kubelet of 1.24 does not read it: the node starts with its defaults or its file", "move the configuration to a file of the node");
        }

        if (item.Root["status"]["config"] is { Exists: true } config)
        {
            yield return Tell(item, config.Path, "a kubelet of 1.24 never reports it", "stop reading it");
        }
    }
}
