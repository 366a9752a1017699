namespace K124.Sim.Preflight.Rules;

/// <summary>Pods that find the control plane's nodes by what kubeadm of 1.24 changes.</summary>
internal sealed record ControlPlaneLabelRule() : PodSpecRule("control-plane-nodes", "Pods that know control plane nodes by their old label or taint", PreflightSeverity.Warning)
{
    private const string Old = "node-role.kubernetes.io/master";
    private const string New = "node-role.kubernetes.io/control-plane";

    protected override IEnumerable<PreflightFinding> Check(PreflightItem item, TreeField spec, PreflightContext context)
    {
        var terms = spec["affinity"]["nodeAffinity"];
        var expressions = terms["requiredDuringSchedulingIgnoredDuringExecution"]["nodeSelectorTerms"].Items()
            .Concat(terms["preferredDuringSchedulingIgnoredDuringExecution"].Items().Select(static term => term["preference"]))
            .SelectMany(static term => term["matchExpressions"].Items()).Where(static expression => expression["key"].Text == Old);
        foreach (var field in spec["nodeSelector"].Members().Where(static member => member.Key == Old).Select(static member => member.Value).Concat(expressions))
        {
            var isAvoided = field["operator"].Text is "DoesNotExist" or "NotIn";
            yield return isAvoided
                ? Warn(item, field.Path, $"kubeadm 1.24 takes the label {Old} off its nodes: the pods do not avoid them any more", $"avoid {New}")
                : Warn(item, field.Path, $"kubeadm 1.24 takes the label {Old} off its nodes: the pods do not find them", $"select {New}");
        }

        TreeField[] tolerations = [.. spec["tolerations"].Items()];
        var old = Array.Find(tolerations, static toleration => toleration["key"].Text == Old);
        var toleratesNew = Array.Exists(tolerations, static toleration => toleration["key"].Text == New || (toleration["key"].Text.Length == 0 && toleration["operator"].Text == "Exists"));
        if (old is not null && !toleratesNew)
        {
            yield return Warn(item, old.Path, $"kubeadm 1.24 taints its nodes with {New}, too: the pods do not go there", $"tolerate {New} as well");
        }
    }
}
