using System.Collections.Immutable;
using System.Text;
using K124.Sim.Api;
using K124.Sim.Model;
using K124.Sim.Platform.Certificates;

namespace K124.Sim.Nodes.Certificates;

/// <summary>The signers of the controller manager: issue certificates for requests that are approved.</summary>
/// <remarks>Kubernetes 1.24 pkg/controller/certificates/signer; its four signers are one controller here.</remarks>
internal sealed class CertificateSigningController(CertificateOptions options, CertificateAuthority authority) : IReconciler
{
    public string Name => "csrsigning";

    public ImmutableArray<ApiKind> Watches => [ApiKind.Of<CertificateSigningRequest>()];

    public IReconciler Fork() => new CertificateSigningController(options, authority);

    public void Observe(in ObjectChange change, IObjectReader cache, IWorkQueue queue)
    {
        if (change.Type != ChangeType.Deleted && BuiltInSigner.NameFault(((CertificateSigningRequest)change.Object).Spec.SignerName) is null)
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

        var signer = new CertificateSigner(request.Spec.SignerName, options.SigningDuration, authority.End);
        var signingCase = SigningCases.Of(request);
        var decision = signer.Decide(signingCase, api.Now);
        if (decision.Failure is { } failure)
        {
            return Ended(api.UpdateStatus(SigningCases.With(request, SigningCase.Failed, SigningDecision.FailureReason, failure, api.Now)));
        }

        if (decision.Certificate is not { } template)
        {
            return new(decision.Error);
        }

        var pem = authority.Issue(signingCase.Request, template, request.Metadata.Uid);
        var status = (request.Status ?? new()) with { Certificate = Convert.ToBase64String(Encoding.ASCII.GetBytes(pem)) };
        return Ended(api.UpdateStatus(request with { Status = status }));
    }

    private static Reconciliation Ended(ApiResult<CertificateSigningRequest> result) => new(result.Status?.Message);
}
