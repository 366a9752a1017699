using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using K124.Sim.Api;
using K124.Sim.ControlPlane;
using K124.Sim.Model;
using K124.Sim.Nodes.Certificates;
using K124.Sim.Platform.Certificates;

namespace K124.Sim.Tests.ControlPlane;

using ControlPlane = K124.Sim.ControlPlane.ControlPlane;

public class CertificatesTests
{
    private static readonly ObjectKey Key = new("", "csr");

    [Fact]
    public void A_kubelet_gets_its_certificate_without_anybody()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var plane = new ControlPlane(LivingCluster.Of(nodes: 1));
        Assert.True(plane.Create(Request(key, BuiltInSigner.KubeletClient, "O=system:nodes, CN=system:node:n0", ["digital signature", "key encipherment", "client auth"], 3600)).Succeeded);

        Assert.True(plane.RunUntilQuiet());

        using var certificate = Certificate(plane);
        var start = new ControlPlaneOptions().Start;
        Assert.Contains("CN=system:node:n0", certificate.Subject, StringComparison.Ordinal);
        Assert.Equal(start - TimeSpan.FromMinutes(5), certificate.NotBefore.ToUniversalTime());
        Assert.Equal(start + TimeSpan.FromHours(1), certificate.NotAfter.ToUniversalTime());
        Assert.Equal(key.ExportSubjectPublicKeyInfo(), certificate.PublicKey.ExportSubjectPublicKeyInfo());
        Assert.Equal("AutoApproved", plane.Get<CertificateSigningRequest>(Key)!.Status!.Conditions[0].Reason);
        Assert.True(LeadsToAuthority(certificate, start));
    }

    [Fact]
    public void The_same_run_gives_the_same_certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = Request(key, BuiltInSigner.KubeletClient, "O=system:nodes, CN=system:node:n0", ["digital signature", "key encipherment", "client auth"], null);

        string Run()
        {
            var plane = new ControlPlane(LivingCluster.Of(nodes: 1));
            plane.Create(request);
            plane.RunUntilQuiet();
            return plane.Get<CertificateSigningRequest>(Key)!.Status!.Certificate;
        }

        Assert.Equal(Run(), Run());
    }

    [Fact]
    public void Others_wait_for_somebody_to_approve()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var plane = new ControlPlane(LivingCluster.Of(nodes: 1));
        plane.Create(Request(key, BuiltInSigner.ApiServerClient, "CN=jane", ["client auth"], null));
        Assert.True(plane.RunUntilQuiet());
        Assert.Equal("", plane.Get<CertificateSigningRequest>(Key)!.Status?.Certificate ?? "");

        Approve(plane);
        Assert.True(plane.RunUntilQuiet());

        using var certificate = Certificate(plane);
        Assert.Equal("CN=jane", certificate.Subject);
        Assert.Equal(TimeSpan.FromHours(8760), certificate.NotAfter - certificate.NotBefore);
    }

    [Fact]
    public void A_signer_refuses_what_it_does_not_sign()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var plane = new ControlPlane(LivingCluster.Of(nodes: 1));
        plane.Create(Request(key, BuiltInSigner.ApiServerClient, "CN=jane", ["server auth"], null));
        Approve(plane);
        plane.RunUntilQuiet();

        var failed = plane.Get<CertificateSigningRequest>(Key)!.Status!.Conditions.Single(static condition => condition.Type == "Failed");
        Assert.Equal("SignerValidationFailure", failed.Reason);
        Assert.Equal("invalid usage for client certificate: server auth", failed.Message);
    }

    [Fact]
    public void Requests_are_cleaned_away()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var plane = new ControlPlane(LivingCluster.Of(nodes: 1));
        plane.Create(Request(key, BuiltInSigner.KubeletClient, "O=system:nodes, CN=system:node:n0", ["digital signature", "key encipherment", "client auth"], null));

        plane.Advance(TimeSpan.FromMinutes(59));
        Assert.NotNull(plane.Get<CertificateSigningRequest>(Key));
        plane.Advance(TimeSpan.FromHours(2));
        Assert.Null(plane.Get<CertificateSigningRequest>(Key));
        Assert.Null(plane.NextAt);
    }

    private static bool LeadsToAuthority(X509Certificate2 certificate, DateTimeOffset start)
    {
        var authority = new CertificateAuthority(new ControlPlaneOptions().Profile.Seed, start, TimeSpan.FromDays(3650));
        using var root = X509Certificate2.CreateFromPem(authority.Pem());
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(root);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.VerificationTime = start.UtcDateTime;
        return chain.Build(certificate);
    }

    private static void Approve(ControlPlane plane)
    {
        var request = plane.Get<CertificateSigningRequest>(Key)!;
        var result = plane.Client.Write(new()
        {
            Verb = ApiVerb.Update,
            Kind = ApiKind.Of<CertificateSigningRequest>(),
            Key = Key,
            Subresource = "approval",
            Object = SigningCases.With(request, "Approved", "Manual", "by hand", plane.Now),
        });
        Assert.Null(result.Status);
    }

    private static CertificateSigningRequest Request(ECDsa key, string signer, string subject, string[] usages, int? seconds)
    {
        var pem = new CertificateRequest(subject, key, HashAlgorithmName.SHA256).CreateSigningRequestPem();
        return new()
        {
            Metadata = new() { Name = Key.Name },
            Spec = new() { Request = Convert.ToBase64String(Encoding.ASCII.GetBytes(pem + "\n")), SignerName = signer, Usages = [.. usages], ExpirationSeconds = seconds },
        };
    }

    private static X509Certificate2 Certificate(ControlPlane plane) =>
        X509Certificate2.CreateFromPem(SigningCases.Decode(plane.Get<CertificateSigningRequest>(Key)!.Status!.Certificate));
}
