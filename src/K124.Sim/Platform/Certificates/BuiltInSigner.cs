using System.Collections.Immutable;
using K124.Sim.Text;

namespace K124.Sim.Platform.Certificates;

/// <summary>What the signers of the controller manager demand of a request.</summary>
/// <remarks>Kubernetes 1.24 pkg/controller/certificates/signer and pkg/apis/certificates.</remarks>
internal static class BuiltInSigner
{
    public const string ApiServerClient = "kubernetes.io/kube-apiserver-client";
    public const string KubeletClient = "kubernetes.io/kube-apiserver-client-kubelet";
    public const string KubeletServing = "kubernetes.io/kubelet-serving";
    public const string LegacyUnknown = "kubernetes.io/legacy-unknown";

    private const string NodesGroup = "system:nodes";
    private const string NodeUserPrefix = "system:node:";

    private static readonly ImmutableArray<string> ClientUsages = [KeyUsages.ClientAuth, KeyUsages.DigitalSignature, KeyUsages.KeyEncipherment];
    private static readonly ImmutableArray<string> ServingUsages = [KeyUsages.DigitalSignature, KeyUsages.KeyEncipherment, KeyUsages.ServerAuth];

    /// <summary>What is wrong with a name that no signer of the controller manager has; null if one has it.</summary>
    public static string? NameFault(string signerName) => signerName is ApiServerClient or KubeletClient or KubeletServing or LegacyUnknown
        ? null
        : $"unrecognized signerName: {GoText.Quote(signerName)}";

    /// <summary>Why a signer refuses a request for good; null if it takes it.</summary>
    public static string? Fault(string signerName, SigningRequest request, ImmutableArray<string> usages) => signerName switch
    {
        ApiServerClient => ClientUsageFault(usages),
        KubeletClient => KubeletClientFault(request, usages),
        KubeletServing => KubeletServingFault(request, usages),
        _ => null,
    };

    /// <summary>Why a request is none for the client certificate of a kubelet; null if it is.</summary>
    public static string? KubeletClientFault(SigningRequest request, ImmutableArray<string> usages) =>
        OrganizationFault(request)
            ?? Forbidden("DNS", request.DnsNames)
            ?? Forbidden("Email", request.EmailAddresses)
            ?? Forbidden("IP", request.IPAddresses)
            ?? Forbidden("URI", request.Uris)
            ?? CommonNameFault(request)
            ?? UsageFault(ClientUsages, usages);

    private static string? KubeletServingFault(SigningRequest request, ImmutableArray<string> usages) =>
        OrganizationFault(request)
            ?? (request.DnsNames.Length == 0 && request.IPAddresses.Length == 0 ? "DNS or IP subjectAltName is required" : null)
            ?? Forbidden("Email", request.EmailAddresses)
            ?? Forbidden("URI", request.Uris)
            ?? UsageFault(ServingUsages, usages)
            ?? CommonNameFault(request);

    private static string? ClientUsageFault(ImmutableArray<string> usages)
    {
        if (usages.FirstOrDefault(usage => !ClientUsages.Contains(usage)) is { } other)
        {
            return $"invalid usage for client certificate: {other}";
        }

        return usages.Contains(KeyUsages.ClientAuth) ? null : $"missing required usage for client certificate: {KeyUsages.ClientAuth}";
    }

    private static string? OrganizationFault(SigningRequest request) =>
        request.Organization is [NodesGroup] ? null : $"subject organization is not {NodesGroup}";

    private static string? CommonNameFault(SigningRequest request) =>
        request.CommonName.StartsWith(NodeUserPrefix, StringComparison.Ordinal) ? null : $"subject common name does not begin with {NodeUserPrefix}";

    private static string? Forbidden(string kind, ImmutableArray<string> names) => names.Length == 0 ? null : $"{kind} subjectAltNames are not allowed";

    private static string? UsageFault(ImmutableArray<string> required, ImmutableArray<string> usages) =>
        required.ToHashSet(StringComparer.Ordinal).SetEquals(usages) ? null : $"usages did not match [{string.Join(' ', required)}]";
}
