using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using K124.Sim.Conformance.Comparing;
using K124.Sim.Kinds;

namespace K124.Sim.Conformance.Platform;

/// <summary>Requests for certificates as the API server takes them.</summary>
internal static class CertificateApiCases
{
    private sealed record Samples(string Request, string Certificate);

    public static CaseOutcome Verify(RecordedCase testCase)
    {
        var samples = testCase.File.Keep(MakeSamples);
        var steps = ApiSteps.Of("certificates.k8s.io/v1", "CertificateSigningRequest", testCase.Json);
        var comparison = new Comparison();
        foreach (var (step, expected) in testCase.Json.Items("steps").Zip(testCase.Expect.Items("steps")))
        {
            if (step.Text("op") != "create" && steps.Stored is null)
            {
                continue;
            }

            var error = step.Text("op") == "create" ? steps.Create(Body(step, samples)) : Update(steps, step, samples);
            var differences = expected.Member("error") is { } recorded ? ApiSteps.ErrorDifferences(recorded, error)
                : error is not null ? [$"recorded an object, answered {error.Message}"]
                : JsonDifference.Between("stored", JsonNode.Parse(expected.GetProperty("stored").GetRawText()), Stored(steps.Stored!));
            foreach (var difference in differences)
            {
                comparison.Differs(difference);
            }
        }

        return comparison.Outcome;
    }

    private static Samples MakeSamples()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=plain", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
        return new(request.CreateSigningRequestPem(), certificate.ExportCertificatePem());
    }

    private static JsonObject Body(JsonElement step, Samples samples)
    {
        var spec = (JsonObject)JsonNode.Parse(step.GetProperty("spec").GetRawText())!;
        var request = step.Text("request");
        spec["request"] = Base64(request == "valid" ? samples.Request : Whole(request, samples));
        var body = new JsonObject { ["spec"] = spec };
        if (step.Member("conditions") is { } conditions)
        {
            body["status"] = new JsonObject { ["conditions"] = JsonNode.Parse(conditions.GetRawText()) };
        }

        return body;
    }

    private static Api.ApiStatus? Update(ApiSteps steps, JsonElement step, Samples samples)
    {
        var sent = step.GetProperty("sent");
        var body = (JsonObject)steps.Stored!.DeepClone();
        var spec = body["spec"]!.AsObject();
        spec["expirationSeconds"] = sent.Member("expirationSeconds") is { } seconds ? JsonNode.Parse(seconds.GetRawText()) : null;
        var status = new JsonObject { ["conditions"] = JsonNode.Parse(sent.GetProperty("conditions").GetRawText()) };
        var certificate = sent.Text("certificate") switch
        {
            "none" or "" => "",
            "valid" => samples.Certificate,
            _ => Whole(sent.Text("certificateText"), samples),
        };
        if (certificate.Length > 0)
        {
            status["certificate"] = Base64(certificate);
        }

        body["status"] = status;
        return steps.Update(body, step.Text("subresource"));
    }

    // The recordings keep only the beginning of a text that is none of the valid ones.
    private static string Whole(string beginning, Samples samples) =>
        new[] { samples.Request, samples.Certificate }.FirstOrDefault(sample => beginning.StartsWith(sample.Split('\n')[0], StringComparison.Ordinal)) ?? beginning;

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static JsonObject Stored(JsonObject request)
    {
        var spec = new JsonObject();
        foreach (var member in (ReadOnlySpan<string>)["signerName", "usages", "expirationSeconds", "username"])
        {
            if (request.Object("spec")?[member] is { } value)
            {
                spec[member] = value.DeepClone();
            }
        }

        var conditions = new JsonArray();
        foreach (var condition in request.Object("status").Objects("conditions"))
        {
            var copy = (JsonObject)condition.DeepClone();
            copy.Remove("lastUpdateTime");
            copy.Remove("lastTransitionTime");
            conditions.Add(copy);
        }

        return new() { ["spec"] = spec, ["conditions"] = conditions, ["hasCertificate"] = request.Object("status").Text("certificate").Length > 0 };
    }
}
