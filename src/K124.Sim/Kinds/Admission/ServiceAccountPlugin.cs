using System.Text.Json.Nodes;
using K124.Sim.Api;
using K124.Sim.Kinds.Pods;

namespace K124.Sim.Kinds.Admission;

/// <summary>Gives pods a service account and its token.</summary>
/// <remarks>Kubernetes 1.24 plugin/pkg/admission/serviceaccount.</remarks>
/// <param name="bundles">Config maps with further certificates that distributions mount beside those of 1.24, each with its file.</param>
internal sealed class ServiceAccountPlugin(params ServiceAccountPlugin.Bundle[] bundles) : AdmissionPlugin
{
    private const string TokenPath = "/var/run/secrets/kubernetes.io/serviceaccount";
    private const string VolumePrefix = "kube-api-access-";
    private const string EnforceKey = "kubernetes.io/enforce-mountable-secrets";
    private const int SuffixLength = 5;
    private const long TokenSeconds = 3607;
    private const long FileMode = 420;

    /// <inheritdoc/>
    public override string Name => "ServiceAccount";

    /// <inheritdoc/>
    public override ApiStatus? Mutate(AdmissionRequest request)
    {
        if (!IsNewPod(request) || request.Object is not { } pod)
        {
            return null;
        }

        if (IsMirror(pod))
        {
            return ValidateMirror(request, pod);
        }

        var spec = pod.Ensure("spec");
        if (spec.Text("serviceAccountName").Length == 0)
        {
            spec["serviceAccountName"] = "default";
            spec["serviceAccount"] = "default";
        }

        if (FindAccount(request, spec, out var account) is { } refusal)
        {
            return refusal;
        }

        if (spec.FlagOrNull("automountServiceAccountToken") ?? account.FlagOrNull("automountServiceAccountToken") ?? true)
        {
            Mount(spec, request.Context.Names);
        }

        if (spec.Count("imagePullSecrets") == 0)
        {
            spec.CopyFrom(account, "imagePullSecrets");
        }

        return Limit(request, spec, account!);
    }

    /// <inheritdoc/>
    public override ApiStatus? Validate(AdmissionRequest request)
    {
        if (!IsNewPod(request) || request.Object is not { } pod)
        {
            return null;
        }

        if (IsMirror(pod))
        {
            return ValidateMirror(request, pod);
        }

        var spec = pod.Ensure("spec");
        if (spec.Text("serviceAccountName").Length == 0)
        {
            return request.Forbidden($"no service account specified for pod {request.Namespace}/{pod.Object("metadata").Text("name")}");
        }

        return FindAccount(request, spec, out var account) ?? Limit(request, spec, account!);
    }

    private static bool IsNewPod(AdmissionRequest request) => request.Operation == AdmissionOperation.Create && request.IsFor("pods");

    private static bool IsMirror(JsonObject pod) => pod.Object("metadata", "annotations").Has(PodAnnotationRules.Mirror);

    private static ApiStatus? ValidateMirror(AdmissionRequest request, JsonObject pod)
    {
        var spec = pod.Object("spec");
        if (spec.Text("serviceAccountName").Length > 0)
        {
            return request.Forbidden("a mirror pod may not reference service accounts");
        }

        if (PodSecrets.Any(spec))
        {
            return request.Forbidden("a mirror pod may not reference secrets");
        }

        foreach (var volume in spec.Objects("volumes"))
        {
            if (volume.Object("projected").Objects("sources").Any(source => source.Has("serviceAccountToken")))
            {
                return request.Forbidden("a mirror pod may not use ServiceAccountToken volume projections");
            }
        }

        return null;
    }

    private static ApiStatus? FindAccount(AdmissionRequest request, JsonObject spec, out JsonObject? account)
    {
        var name = spec.Text("serviceAccountName");
        account = request.Context.Objects.Get("", "serviceaccounts", request.Namespace, name);
        return account is null
            ? request.Forbidden($"error looking up service account {request.Namespace}/{name}: serviceaccount \"{name}\" not found")
            : null;
    }

    private void Mount(JsonObject spec, INameSource names)
    {
        string? volumeName = null;
        foreach (var volume in spec.Objects("volumes"))
        {
            if (volume.Text("name").StartsWith(VolumePrefix, StringComparison.Ordinal))
            {
                volumeName = volume.Text("name");
                break;
            }
        }

        var hasVolume = volumeName is not null;
        volumeName ??= VolumePrefix + names.RandomSuffix(SuffixLength);
        var isNeeded = false;
        foreach (var list in (ReadOnlySpan<string>)["initContainers", "containers"])
        {
            foreach (var container in spec.Objects(list))
            {
                if (container.Objects("volumeMounts").FindBy("mountPath", TokenPath) is null)
                {
                    container.EnsureList("volumeMounts").Add(
                        (JsonNode)new JsonObject { ["name"] = volumeName, ["readOnly"] = true, ["mountPath"] = TokenPath });
                    isNeeded = true;
                }
            }
        }

        if (!hasVolume && isNeeded)
        {
            spec.EnsureList("volumes").Add((JsonNode)TokenVolume(volumeName));
        }
    }

    private JsonObject TokenVolume(string name) => new()
    {
        ["name"] = name,
        ["projected"] = new JsonObject
        {
            ["sources"] = new JsonArray([
                new JsonObject { ["serviceAccountToken"] = new JsonObject { ["expirationSeconds"] = TokenSeconds, ["path"] = "token" } },
                Certificates("kube-root-ca.crt", "ca.crt"),
                new JsonObject
                {
                    ["downwardAPI"] = new JsonObject
                    {
                        ["items"] = new JsonArray(new JsonObject
                        {
                            ["path"] = "namespace",
                            ["fieldRef"] = new JsonObject { ["apiVersion"] = "v1", ["fieldPath"] = "metadata.namespace" },
                        }),
                    },
                },
                .. bundles.Select(static bundle => Certificates(bundle.ConfigMap, bundle.File)),
            ]),
            ["defaultMode"] = FileMode,
        },
    };

    private static JsonObject Certificates(string configMap, string file) => new()
    {
        ["configMap"] = new JsonObject { ["name"] = configMap, ["items"] = new JsonArray(new JsonObject { ["key"] = file, ["path"] = file }) },
    };

    private static ApiStatus? Limit(AdmissionRequest request, JsonObject spec, JsonObject account) =>
        account.Object("metadata", "annotations").Text(EnforceKey) == "true" && SecretLimit.Problem(spec, account) is { } problem
            ? request.Forbidden(problem)
            : null;

    /// <summary>A config map with certificates.</summary>
    /// <param name="ConfigMap">Its name.</param>
    /// <param name="File">Its key, and the file's name.</param>
    internal readonly record struct Bundle(string ConfigMap, string File);
}
