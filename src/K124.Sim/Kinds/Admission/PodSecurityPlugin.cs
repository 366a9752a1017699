using System.Globalization;
using System.Text.Json.Nodes;
using K124.Sim.Api;
using K124.Sim.Kinds.Admission.PodSecurity;
using K124.Sim.Kinds.Pods;
using K124.Sim.Kinds.Validation;

namespace K124.Sim.Kinds.Admission;

/// <summary>Holds pods to the security level of their namespace.</summary>
/// <remarks>Kubernetes 1.24 pod-security-admission/admission.</remarks>
internal sealed class PodSecurityPlugin : AdmissionPlugin
{
    /// <inheritdoc/>
    public override string Name => "PodSecurity";

    /// <inheritdoc/>
    public override ApiStatus? Validate(AdmissionRequest request)
    {
        if (request.Operation is not (AdmissionOperation.Create or AdmissionOperation.Update) || request.Object is not { } tree)
        {
            return null;
        }

        if (request.IsFor("namespaces"))
        {
            return ValidateNamespace(request, tree);
        }

        if (request.IsFor("pods") || (request.Resource is { Group: "", Plural: "pods" } && request.Subresource == "ephemeralcontainers"))
        {
            return IsSignificant(tree, request.OldObject) ? ValidatePod(request, tree) : null;
        }

        if (request.Subresource.Length == 0 && Template(request.Resource, tree) is { } template)
        {
            Warn(request, PodSecurityPolicy.Of(Labels(request), "warn"), template.Object("metadata"), template.Object("spec"));
        }

        return null;
    }

    private static JsonObject? Labels(AdmissionRequest request) =>
        request.Context.Objects.Get("", "namespaces", "", request.Namespace).Object("metadata", "labels");

    private static ApiStatus? ValidatePod(AdmissionRequest request, JsonObject pod)
    {
        var labels = Labels(request);
        var enforce = PodSecurityPolicy.Of(labels, "enforce");
        var warn = PodSecurityPolicy.Of(labels, "warn");
        var problems = PodSecurityChecks.Evaluate(enforce, pod.Object("metadata"), pod.Object("spec"));
        if (problems.Count > 0)
        {
            return request.Forbidden($"violates PodSecurity \"{enforce}\": {Details(problems)}");
        }

        Warn(request, warn, pod.Object("metadata"), pod.Object("spec"));
        return null;
    }

    private static void Warn(AdmissionRequest request, PodSecurityPolicy policy, JsonObject? metadata, JsonObject? spec)
    {
        var problems = PodSecurityChecks.Evaluate(policy, metadata, spec);
        if (problems.Count > 0)
        {
            request.Context.Warn($"would violate PodSecurity \"{policy}\": {Details(problems)}");
        }
    }

    private static string Details(IReadOnlyList<(string Reason, string Detail)> problems) =>
        string.Join(", ", problems.Select(problem => $"{problem.Reason} ({problem.Detail})"));

    // Images may be traded against others at any time; other members that matter never change.
    private static bool IsSignificant(JsonObject pod, JsonObject? old)
    {
        if (old is null)
        {
            return true;
        }

        foreach (var list in (ReadOnlySpan<string>)["containers", "initContainers", "ephemeralContainers"])
        {
            var containers = pod.Object("spec").Objects(list);
            var before = old.Object("spec").Objects(list);
            if (containers.Count != before.Count)
            {
                return true;
            }

            for (var i = 0; i < containers.Count; i++)
            {
                if (containers[i].Text("image") != before[i].Text("image"))
                {
                    return true;
                }
            }
        }

        return ProfilesOf(pod) != ProfilesOf(old);
    }

    private static string ProfilesOf(JsonObject pod) => string.Join(
        '\n',
        (pod.Object("metadata", "annotations") ?? [])
            .Where(item => item.Key == SeccompSkew.PodKey || item.Key.StartsWith(SeccompSkew.ContainerPrefix, StringComparison.Ordinal)
                || item.Key.StartsWith(PodAnnotationRules.AppArmorPrefix, StringComparison.Ordinal))
            .Select(item => $"{item.Key}={JsonTree.AsText(item.Value)}").Order(StringComparer.Ordinal));

    private static JsonObject? Template(ResourceType resource, JsonObject tree) => (resource.Group, resource.Plural) switch
    {
        ("", "podtemplates") => tree.Object("template"),
        ("", "replicationcontrollers") or ("apps", "replicasets" or "deployments" or "statefulsets" or "daemonsets") or ("batch", "jobs") =>
            tree.Object("spec", "template"),
        ("batch", "cronjobs") => tree.Object("spec", "jobTemplate").Object("spec", "template"),
        _ => null,
    };

    private static ApiStatus? ValidateNamespace(AdmissionRequest request, JsonObject tree)
    {
        var labels = tree.Object("metadata", "labels");
        var name = tree.Object("metadata").Text("name");
        var oldLabels = request.OldObject.Object("metadata", "labels");
        var errors = new FieldErrors();
        foreach (var (key, value, text) in PodSecurityPolicy.Problems(labels))
        {
            errors.Invalid(FieldPath.Of("metadata").Child("labels").Key(key), value, text);
        }

        if (errors.Count > 0)
        {
            // What was wrong before may stay while other labels change.
            var isOld = request.OldObject is not null && PodSecurityPolicy.Problems(oldLabels).Any();
            return isOld ? null : StatusErrors.Invalid("", "Namespace", name, errors.All);
        }

        if (request.Operation == AdmissionOperation.Update)
        {
            WarnOfPods(request, name, PodSecurityPolicy.Of(labels, "enforce"), PodSecurityPolicy.Of(oldLabels, "enforce"));
        }

        return null;
    }

    private static void WarnOfPods(AdmissionRequest request, string name, PodSecurityPolicy policy, PodSecurityPolicy old)
    {
        if (policy == old || policy.IsPrivileged || (policy.Minor == old.Minor && old.IsRestricted))
        {
            return;
        }

        var byReasons = new SortedDictionary<string, (string First, int Count)>(StringComparer.Ordinal);
        foreach (var pod in request.Context.Objects.List("", "pods", name))
        {
            var problems = PodSecurityChecks.Evaluate(policy, pod.Object("metadata"), pod.Object("spec"));
            if (problems.Count > 0)
            {
                var reasons = string.Join(", ", problems.Select(problem => problem.Reason));
                var podName = pod.Object("metadata").Text("name");
                byReasons[reasons] = byReasons.TryGetValue(reasons, out var group) ? (group.First, group.Count + 1) : (podName, 1);
            }
        }

        if (byReasons.Count == 0)
        {
            return;
        }

        request.Context.Warn($"existing pods in namespace \"{name}\" violate the new PodSecurity enforce level \"{policy}\"");
        foreach (var line in byReasons.Select(item => Line(item.Key, item.Value.First, item.Value.Count)).Order(StringComparer.Ordinal))
        {
            request.Context.Warn(line);
        }
    }

    private static string Line(string reasons, string first, int count) => count switch
    {
        1 => $"{first}: {reasons}",
        2 => $"{first} (and 1 other pod): {reasons}",
        _ => string.Create(CultureInfo.InvariantCulture, $"{first} (and {count - 1} other pods): {reasons}"),
    };
}
