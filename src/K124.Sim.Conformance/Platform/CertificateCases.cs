using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using K124.Sim.Platform.Certificates;
using K124.Sim.Text;

namespace K124.Sim.Conformance.Platform;

/// <summary>Signing, approving and cleaning of certificate signing requests.</summary>
internal static class CertificateCases
{
    private const string Name = "c";
    private static readonly DateTimeOffset Now = new(2022, 5, 3, 12, 0, 0, TimeSpan.Zero);

    public static CaseOutcome VerifySigning(RecordedCase testCase)
    {
        var json = testCase.Json;
        var signer = new CertificateSigner(json.Text("signer"), json.Duration("ttl"), Now + json.Duration("caEndsIn"));
        if (BuiltInSigner.NameFault(signer.SignerName) is { } nameFault)
        {
            return CaseJson.Compare(testCase, new JsonObject { ["signerError"] = nameFault });
        }

        var signingCase = Read(json);
        var decision = signer.Decide(signingCase, Now);
        var actual = new JsonObject
        {
            ["action"] = decision.Failure is not null ? "failed" : decision.Certificate is not null ? "issued" : "none",
            ["error"] = WithoutTime(decision.Error),
            ["duration"] = GoDuration.Text(SigningWindow.Duration(signer.Ttl, signingCase.ExpirationSeconds)),
            ["window"] = Window(signer, signingCase),
        };
        if (decision.Failure is { } failure)
        {
            actual["condition"] = Condition(SigningCase.Failed, SigningDecision.FailureReason, failure);
        }

        if (decision.Certificate is { } certificate)
        {
            actual["subject"] = certificate.Subject;
            actual["keyUsage"] = CaseJson.Array(certificate.Usages.Basic);
            actual["extKeyUsage"] = CaseJson.Array(certificate.Usages.Extended);
        }

        return CaseJson.Compare(testCase, actual);
    }

    public static CaseOutcome VerifyApproval(RecordedCase testCase)
    {
        var signingCase = Read(testCase.Json);
        string[] allowed = [.. testCase.Json.Texts("allowedSubresources")];
        var reviews = new List<string>();
        var decision = CertificateApprover.Decide(signingCase, subresource =>
        {
            reviews.Add($"{signingCase.Username} create certificates.k8s.io/certificatesigningrequests/{subresource}");
            return allowed.Contains(subresource, StringComparer.Ordinal);
        });
        var actual = new JsonObject { ["reviews"] = CaseJson.Array(reviews), ["error"] = decision.Error };
        if (decision.Message is { } message)
        {
            actual["condition"] = Condition(SigningCase.Approved, ApprovalDecision.Reason, message);
            actual["subresource"] = "approval";
        }

        return CaseJson.Compare(testCase, actual);
    }

    public static CaseOutcome VerifyCleaning(RecordedCase testCase)
    {
        var json = testCase.Json;
        var certificate = json.Text("certificate");
        var signingCase = new SigningCase(Name)
        {
            CreatedAt = Now.AddSeconds(-json.Int("createdSecondsAgo")),
            Conditions =
            [
                .. json.Items("conditions").Select(condition => new SigningCondition(
                    condition.Text("type"),
                    UpdatedAt: condition.OptionalLong("updatedSecondsAgo") is { } seconds ? Now.AddSeconds(-seconds) : null)),
            ],
            IsIssued = certificate.Length > 0,
        };
        DateTimeOffset? end = certificate switch
        {
            "valid" => Now.AddHours(1),
            "expired" => Now.AddHours(-1),
            _ => null,
        };
        return CaseJson.Compare(testCase, new JsonObject { ["deleted"] = CertificateCleaner.IsDeleted(signingCase, end, Now) });
    }

    private static SigningCase Read(JsonElement json)
    {
        var spec = json.GetProperty("spec");
        return new(Name)
        {
            SignerName = spec.Text("signerName"),
            Usages = [.. spec.Texts("usages")],
            ExpirationSeconds = (int?)spec.OptionalLong("expirationSeconds"),
            Username = json.Text("username"),
            Request = MadeRequest.Pem(json.GetProperty("request")),
            Conditions = [.. json.Items("conditions").Select(condition => new SigningCondition(condition.Text("type"), condition.Text("status")))],
            IsIssued = json.Flag("hasCertificate"),
        };
    }

    private static JsonObject Window(CertificateSigner signer, SigningCase signingCase) =>
        signer.TrySign(signingCase, Now, out var certificate, out var problem)
            ? new() { ["notBefore"] = GoDuration.Text(certificate.Window.NotBefore - Now), ["notAfter"] = GoDuration.Text(certificate.Window.NotAfter - Now) }
            : new() { ["error"] = WithoutTime(problem) };

    private static JsonObject Condition(string type, string reason, string message) =>
        new() { ["type"] = type, ["status"] = "True", ["reason"] = reason, ["message"] = message };

    private static string? WithoutTime(string? problem)
    {
        const string Time = "NotAfter=";
        var at = problem?.IndexOf(Time, StringComparison.Ordinal) ?? -1;
        return at < 0 ? problem : $"{problem![..(at + Time.Length)]}TIME";
    }
}
