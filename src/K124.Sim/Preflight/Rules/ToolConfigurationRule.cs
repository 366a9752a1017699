namespace K124.Sim.Preflight.Rules;

/// <summary>Files of tools, rather than objects of the API, in versions that 1.24 does not read.</summary>
internal sealed record ToolConfigurationRule() : ItemRule("tool-configuration", "Configuration files in versions that 1.24 does not read", PreflightSeverity.Block)
{
    protected override IEnumerable<PreflightFinding> Check(PreflightItem item, PreflightContext context)
    {
        if (item.ApiVersion is "audit.k8s.io/v1alpha1" or "audit.k8s.io/v1beta1")
        {
            yield return Block(item, "apiVersion", $"{item.ApiVersion} of audit policies and logs is removed: the API server does not start", "write it as audit.k8s.io/v1");
        }

        if (item is { ApiVersion: "kubelet.config.k8s.io/v1alpha1", Kind: "CredentialProviderConfig" })
        {
            yield return Warn(
                item, "apiVersion", "image credential providers are beta and on; v1alpha1 of their configuration is still read", "write it as kubelet.config.k8s.io/v1beta1");
        }

        foreach (var user in item is { ApiVersion: "v1", Kind: "Config" } ? item.Root["users"].Items() : [])
        {
            var version = user["user"]["exec"]["apiVersion"];
            if (version.Text == "client.authentication.k8s.io/v1alpha1")
            {
                yield return Block(
                    item, version.Path, "v1alpha1 of exec credentials is removed: the client cannot log in", "use client.authentication.k8s.io/v1, and a plugin that answers in it");
            }
        }
    }
}
