using System.Collections.Immutable;
using System.Formats.Asn1;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using FsCheck.Xunit;
using K124.Sim.Platform.Signatures;

namespace K124.Sim.Tests.Platform;

public sealed class ImageVerifierTests : IDisposable
{
    private const string Name = "k8s.gcr.io/kube-apiserver:v1.24.0";
    private const string Repository = "k8s.gcr.io/kube-apiserver";
    private static readonly string Digest = "sha256:" + new string('a', 64);
    private static readonly DateTimeOffset Signed = new(2022, 5, 3, 14, 0, 0, TimeSpan.Zero);

    private readonly SigningWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public void A_signature_of_the_release_is_verified_and_leads_to_the_digest()
    {
        var verdict = Verify([_world.Sign(Payload(Digest), Signed)]);

        Assert.Equal(ImageVerdictKind.Verified, verdict.Kind);
        Assert.Equal(Digest, verdict.Digest);
    }

    [Fact]
    public void Every_check_has_its_fault()
    {
        var good = _world.Sign(Payload(Digest), Signed);

        Assert.Equal("issuer", Fault(good, SignerIdentity.KubernetesPromotion with { Issuer = "https://token.actions.githubusercontent.com" }));
        Assert.Equal("identity", Fault(good, SignerIdentity.KubernetesPromotion with { Subject = "krel-staging@k8s-releng-prod.iam.gserviceaccount.com" }));
        Assert.Equal("digest mismatch", Fault(_world.Sign(Payload("sha256:" + new string('b', 64)), Signed)));
        Assert.Equal("payload is no signature of an image", Fault(_world.Sign(Payload(Digest, "something else"), Signed)));
        Assert.Equal("payload cannot be read", Fault(_world.Sign("{", Signed)));
        Assert.Equal("certificate expired at signing", Fault(_world.Sign(Payload(Digest), Signed, logged: Signed + TimeSpan.FromMinutes(11))));
        Assert.Equal("no entry of the transparency log", Fault(good with { Log = null }));
        Assert.Equal("inclusion in the transparency log is not proven", Fault(good with { Log = good.Log! with { SignedBytes = [1, 2, 3] } }));
        Assert.Equal("certificate cannot be read", Fault(good with { CertificatePem = "none" }));
        using var other = new SigningWorld();
        Assert.Equal("certificate does not lead to a trusted root", Fault(other.Sign(Payload(Digest), Signed)));
        Assert.Equal("", Fault(good, new("krel-.*@k8s-releng-prod\\.iam\\.gserviceaccount\\.com", "https://accounts\\.google\\.com") { ArePatterns = true }));
    }

    [Fact]
    public void Without_signatures_there_is_nothing_to_verify() => Assert.Equal(ImageVerdictKind.NoSignature, Verify([]).Kind);

    [Fact]
    public void One_good_signature_is_enough_in_any_order()
    {
        var good = _world.Sign(Payload(Digest), Signed);
        var broken = good with { Signature = [1, 2, 3] };

        Assert.Equal(["signature does not fit the payload", ""], Verify([broken, good]).Faults.ToArray());
        Assert.Equal(ImageVerdictKind.Verified, Verify([broken, good]).Kind);
        Assert.Equal(ImageVerdictKind.Verified, Verify([good, broken]).Kind);
        Assert.Equal(ImageVerdictKind.Invalid, Verify([broken]).Kind);
    }

    [Property(MaxTest = 30)]
    public void Any_other_byte_breaks_it(byte at, byte change)
    {
        var good = _world.Sign(Payload(Digest), Signed);
        var payload = good.Payload.ToArray();
        payload[at % payload.Length] ^= (byte)(change | 1);

        Assert.Equal(ImageVerdictKind.Invalid, Verify([good with { Payload = [.. payload] }]).Kind);
    }

    [Fact]
    public void A_policy_asks_only_for_the_images_it_names()
    {
        var policy = new ImagePolicy([new("k8s.gcr.io/kube-*", [SignerIdentity.KubernetesPromotion]), new("k8s.gcr.io/**", [SignerIdentity.KubernetesPromotion])]);
        var store = new Store([_world.Sign(Payload(Digest), Signed)]);
        using var verifier = new ImageVerifier(_world.Trust);

        Assert.Equal($"{Repository}@{Digest}", policy.Admit(Name, store, verifier).Admitted);
        Assert.Equal("docker.io/library/nginx:1", policy.Admit("docker.io/library/nginx:1", store, verifier).Admitted);
        Assert.Null(policy.Admit("k8s.gcr.io/pause:3.7", store, verifier).Admitted);
        Assert.Equal(2, policy.Admit(Name, store, verifier).Verdicts.Length);
    }

    [Fact]
    public void Signatures_lie_beside_the_image()
    {
        Assert.True(ImageReference.TryParse($"localhost:5000/a/b@{Digest}", out var reference));
        Assert.Equal(("localhost:5000/a/b", "", Digest), (reference.Repository, reference.Tag, reference.Digest));
        Assert.Equal($"localhost:5000/a/b:sha256-{new string('a', 64)}.sig", reference.SignatureReference(Digest));
        Assert.False(ImageReference.TryParse("a@sha256:1", out _));
    }

    private static string Payload(string digest, string type = SimpleSigning.ImageType) =>
        $$$"""{"critical":{"identity":{"docker-reference":"{{{Repository}}}"},"image":{"docker-manifest-digest":"{{{digest}}}"},"type":"{{{type}}}"},"optional":null}""";

    private string Fault(ImageSignature signature, SignerIdentity? identity = null) => Verify([signature], identity).Faults[0];

    private ImageVerdict Verify(ImmutableArray<ImageSignature> signatures, SignerIdentity? identity = null)
    {
        Assert.True(ImageReference.TryParse(Name, out var reference));
        using var verifier = new ImageVerifier(_world.Trust);
        return verifier.Verify(reference, new Store(signatures), [identity ?? SignerIdentity.KubernetesPromotion]);
    }

    private sealed class Store(ImmutableArray<ImageSignature> signatures) : ISignatureStore
    {
        public string? Resolve(ImageReference reference) => reference.Repository == Repository ? Digest : null;

        public ImmutableArray<ImageSignature> Find(string signatureReference) =>
            signatureReference == $"{Repository}:{Digest.Replace(':', '-')}.sig" ? signatures : [];
    }

    /// <summary>An authority, a log, and people who sign.</summary>
    private sealed class SigningWorld : IDisposable
    {
        private readonly ECDsa _rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        private readonly ECDsa _logKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        private readonly X509Certificate2 _root;

        public SigningWorld()
        {
            var request = new CertificateRequest("CN=root", _rootKey, HashAlgorithmName.SHA256);
            request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
            _root = request.CreateSelfSigned(Signed - TimeSpan.FromDays(365), Signed + TimeSpan.FromDays(365));
        }

        public SignatureTrust Trust => new(_root.ExportCertificatePem()) { LogKeyPem = _logKey.ExportSubjectPublicKeyInfoPem() };

        public ImageSignature Sign(string payload, DateTimeOffset at, DateTimeOffset? logged = null)
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var request = new CertificateRequest("", key, HashAlgorithmName.SHA256);
            var names = new SubjectAlternativeNameBuilder();
            names.AddEmailAddress(SignerIdentity.KubernetesPromotion.Subject);
            request.CertificateExtensions.Add(names.Build());
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new("1.3.6.1.5.5.7.3.3")], critical: false));
            request.CertificateExtensions.Add(new X509Extension("1.3.6.1.4.1.57264.1.8", Utf8(SignerIdentity.KubernetesPromotion.Issuer), critical: false));
            using var certificate = request.Create(_root, at - TimeSpan.FromMinutes(1), at + TimeSpan.FromMinutes(10), [1, 2, 3, 4]);
            var bytes = Encoding.UTF8.GetBytes(payload);
            var time = logged ?? at;
            var entry = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{time.ToUnixTimeSeconds()} {Convert.ToHexString(SHA256.HashData(bytes))}"));
            return new([.. bytes], [.. SignDer(key, bytes)], certificate.ExportCertificatePem()) { Log = new(time, [.. entry], [.. SignDer(_logKey, entry)]) };
        }

        public void Dispose()
        {
            _root.Dispose();
            _rootKey.Dispose();
            _logKey.Dispose();
        }

        private static byte[] SignDer(ECDsa key, byte[] data) => key.SignData(data, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);

        private static byte[] Utf8(string text)
        {
            var writer = new AsnWriter(AsnEncodingRules.DER);
            writer.WriteCharacterString(UniversalTagNumber.UTF8String, text);
            return writer.Encode();
        }
    }
}
