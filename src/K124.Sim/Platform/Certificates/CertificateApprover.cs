using K124.Sim.Text;

namespace K124.Sim.Platform.Certificates;

/// <summary>What the approver does with a request.</summary>
/// <param name="Message">Message of the condition that approves it; null if it is not approved.</param>
/// <param name="Error">Why it is tried again; null if it is not.</param>
internal sealed record ApprovalDecision(string? Message = null, string? Error = null)
{
    /// <summary>Reason of the condition.</summary>
    public const string Reason = "AutoApproved";

    /// <summary>Nothing is to be done.</summary>
    public static ApprovalDecision Nothing { get; } = new();
}

/// <summary>Approves the requests of kubelets for client certificates.</summary>
/// <remarks>Kubernetes 1.24 pkg/controller/certificates/approver.</remarks>
internal static class CertificateApprover
{
    private const string Self = "selfnodeclient";
    private const string Other = "nodeclient";

    /// <summary>Decides about a request.</summary>
    /// <param name="signingCase">The request.</param>
    /// <param name="mayCreate">Whether the request's user may create a subresource of certificate signing requests; asked in order.</param>
    public static ApprovalDecision Decide(SigningCase signingCase, Func<string, bool> mayCreate)
    {
        if (signingCase.IsIssued || signingCase.Has(SigningCase.Approved) || signingCase.Has(SigningCase.Denied))
        {
            return ApprovalDecision.Nothing;
        }

        if (!SigningRequestReader.TryParse(signingCase.Request, out var request, out var problem))
        {
            return new(Error: $"unable to parse csr {GoText.Quote(signingCase.Name)}: {problem}");
        }

        if (signingCase.SignerName != BuiltInSigner.KubeletClient || BuiltInSigner.KubeletClientFault(request, signingCase.Usages) is not null)
        {
            return ApprovalDecision.Nothing;
        }

        string[] kinds = request.CommonName == signingCase.Username ? [Self, Other] : [Other];
        return Array.Find(kinds, kind => mayCreate(kind)) switch
        {
            Self => new(Message: "Auto approving self kubelet client certificate after SubjectAccessReview."),
            Other => new(Message: "Auto approving kubelet client certificate after SubjectAccessReview."),
            _ => new(Error: $"recognized csr {GoText.Quote(signingCase.Name)} as [{string.Join(' ', kinds)}] but subject access review was not approved"),
        };
    }
}
