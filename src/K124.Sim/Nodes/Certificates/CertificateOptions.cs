using K124.Sim.Model;

namespace K124.Sim.Nodes.Certificates;

/// <summary>How a control plane deals with requests for certificates.</summary>
public sealed record CertificateOptions
{
    /// <summary>The longest that the signers let a certificate live.</summary>
    /// <value>365 days, the default of <c>--cluster-signing-duration</c>.</value>
    public TimeSpan SigningDuration { get; init; } = TimeSpan.FromHours(8760);

    /// <summary>How long the authority's own certificate lasts from the start on.</summary>
    /// <value>Ten years, as kubeadm makes it.</value>
    public TimeSpan AuthorityLife { get; init; } = TimeSpan.FromDays(3650);

    /// <summary>Whether the user of a request may have certificates of kubelets approved: the access review of the subresource that is named.</summary>
    /// <value>Everybody may, by default.</value>
    public Func<CertificateSigningRequest, string, bool> MayCreate { get; init => field = value ?? Everybody; } = Everybody;

    private static bool Everybody(CertificateSigningRequest request, string subresource) => true;
}
