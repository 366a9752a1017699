using System.Text.RegularExpressions;

namespace K124.Sim.Preflight.Rules;

/// <summary>Pods that take the token of a service account from a Secret that used to come by itself.</summary>
internal sealed record TokenSecretRule() : PodSpecRule("token-secrets", "Pods that name a generated Secret of a service account", PreflightSeverity.Warning)
{
    private const string Behavior = "the Secret was made together with its service account; 1.24 makes none any more, so that it is not there in a new cluster or after it was deleted";
    private const string Remedy = "use the projected token of the pod, or make a Secret of type kubernetes.io/service-account-token yourself";

    // The letters and digits of names that Kubernetes makes up.
    private static readonly Regex Generated = new("-token-[bcdfghjklmnpqrstvwxz2456789]{5}$", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    protected override IEnumerable<PreflightFinding> Check(PreflightItem item, TreeField spec, PreflightContext context)
    {
        // Pods of older clusters have the Secret put in by admission; those that are still to be made get the projected token.
        var named = item.Kind == "Pod" && !item.IsManifest ? [] : spec["volumes"].Items().Select(static volume => volume["secret"]["secretName"]);
        var read = PodSpecs.Containers(spec).SelectMany(static container => container["env"].Items()).Select(static variable => variable["valueFrom"]["secretKeyRef"]["name"]);
        return named.Concat(read).Where(static field => Generated.IsMatch(field.Text)).Select(field => Warn(item, field.Path, Behavior, Remedy));
    }
}
