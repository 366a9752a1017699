using System.Collections.Immutable;
using K124.Sim.Api;
using K124.Sim.Model;
using K124.Sim.Platform.Certificates;

namespace K124.Sim.Nodes.Certificates;

/// <summary>Approves the requests of kubelets for client certificates.</summary>
/// <remarks>Kubernetes 1.24 pkg/controller/certificates/approver.</remarks>
internal sealed class CertificateApprovalController(CertificateOptions options) : IReconciler
{
    public string Name => "csrapproving";

    public ImmutableArray<ApiKind> Watches => [ApiKind.Of<CertificateSigningRequest>()];

    public IReconciler Fork() => new CertificateApprovalController(options);

    public void Observe(in ObjectChange change, IObjectReader cache, IWorkQueue queue)
    {
        if (change.Type != ChangeType.Deleted)
        {
            queue.Add(ObjectKey.Of(change.Object));
        }
    }

    public Reconciliation Reconcile(ObjectKey key, IObjectReader cache, IApiClient api, IWorkQueue queue)
    {
        if (cache.Get<CertificateSigningRequest>(key) is not { } request)
        {
            return default;
        }

        var decision = CertificateApprover.Decide(SigningCases.Of(request), subresource => options.MayCreate(request, subresource));
        if (decision.Message is null)
        {
            return new(decision.Error);
        }

        var approved = SigningCases.With(request, SigningCase.Approved, ApprovalDecision.Reason, decision.Message, api.Now);
        var result = api.Write(new() { Verb = ApiVerb.Update, Kind = ApiKind.Of<CertificateSigningRequest>(), Key = key, Subresource = "approval", Object = approved });
        return new(result.Status is null ? null : $"error updating approval for csr: {result.Status.Message}");
    }
}
