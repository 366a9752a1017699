namespace K124.Sim.Preflight.Rules;

/// <summary>What kubeadm of 1.24 names otherwise.</summary>
internal sealed record KubeadmConfigMapRule() : ItemRule("kubeadm-config", "ConfigMaps of kubeadm under their old name", PreflightSeverity.Info)
{
    private const string Prefix = "kubelet-config-1.";

    protected override IEnumerable<PreflightFinding> Check(PreflightItem item, PreflightContext context)
    {
        if (item.Is("", "ConfigMap") && item.Namespace == "kube-system" && item.Name.StartsWith(Prefix, StringComparison.Ordinal))
        {
            yield return Tell(item, "metadata.name", "kubeadm 1.24 keeps the kubelets' configuration in the ConfigMap kubelet-config, without a version", "change scripts and roles that name this one");
        }
    }
}
