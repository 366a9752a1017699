namespace K124.Sim.Preflight.Rules;

/// <summary>Jobs that run across the upgrade, and how their pods are counted then.</summary>
internal sealed record JobTrackingRule() : ItemRule("job-tracking", "Running Jobs and how their pods are counted", PreflightSeverity.Warning)
{
    private const string Annotation = "batch.kubernetes.io/job-tracking";

    protected override IEnumerable<PreflightFinding> Check(PreflightItem item, PreflightContext context)
    {
        if (!item.Is("batch", "Job") || item.IsManifest || HasFinished(item))
        {
            yield break;
        }

        var mark = item.Root["metadata"]["annotations"][Annotation];
        if (!mark.Exists)
        {
            yield return Tell(
                item,
                "metadata.annotations",
                "its finished pods are counted as long as they exist: one that is deleted before the Job is done counts as never run",
                "keep finished pods until the Job is done; do not drain with pod deletion meanwhile");
        }
        else if (!IsOn(context))
        {
            yield return Warn(
                item,
                mark.Path,
                "it was begun with tracking by finalizers, and JobTrackingWithFinalizers is off in 1.24 unless set: finalizers are taken off and pods are counted as long as they exist",
                "set the gate on kube-apiserver and kube-controller-manager, or let the Job end first");
        }
    }

    private static bool HasFinished(PreflightItem item) => item.Root["status"]["conditions"].Items()
        .Any(static condition => condition["type"].Text is "Complete" or "Failed" && condition["status"].Text == "True");

    private static bool IsOn(PreflightContext context) => context.Components.Any(static line => line.Component == ComponentLine.ControllerManager
        && line.Find("feature-gates") is { } flag && flag.Value.Split(',').Contains("JobTrackingWithFinalizers=true"));
}
