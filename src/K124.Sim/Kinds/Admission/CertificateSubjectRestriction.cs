using K124.Sim.Api;
using K124.Sim.Kinds.Strategies;

namespace K124.Sim.Kinds.Admission;

/// <summary>Keeps clients from asking for certificates of administrators.</summary>
internal sealed class CertificateSubjectRestriction : AdmissionPlugin
{
    private const string ClientSigner = "kubernetes.io/kube-apiserver-client";
    private const string Administrators = "system:masters";

    /// <inheritdoc/>
    public override string Name => "CertificateSubjectRestriction";

    /// <inheritdoc/>
    public override ApiStatus? Validate(AdmissionRequest request)
    {
        var spec = request.Object.Object("spec");
        var isRefused = request.Operation == AdmissionOperation.Create
            && request.IsFor("certificates.k8s.io", "certificatesigningrequests")
            && spec.Text("signerName") == ClientSigner
            && PemText.Organizations(spec.Text("request")).Contains(Administrators);
        return isRefused ? request.Forbidden($"use of {ClientSigner} signer with {Administrators} group is not allowed") : null;
    }
}
