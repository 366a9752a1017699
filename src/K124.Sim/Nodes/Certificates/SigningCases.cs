using System.Text;
using K124.Sim.Model;
using K124.Sim.Platform.Certificates;

namespace K124.Sim.Nodes.Certificates;

/// <summary>Requests as their controllers see them.</summary>
internal static class SigningCases
{
    /// <summary>The request as the decisions take it.</summary>
    public static SigningCase Of(CertificateSigningRequest request) => new(request.Metadata.Name)
    {
        SignerName = request.Spec.SignerName,
        Request = Decode(request.Spec.Request),
        Usages = request.Spec.Usages,
        ExpirationSeconds = request.Spec.ExpirationSeconds,
        Username = request.Spec.Username,
        CreatedAt = request.Metadata.CreationTimestamp ?? default,
        Conditions = [.. (request.Status?.Conditions ?? []).Select(static condition => new SigningCondition(condition.Type, condition.Status, condition.LastUpdateTime))],
        IsIssued = request.Status?.Certificate is { Length: > 0 },
    };

    /// <summary>The request with one more decision.</summary>
    public static CertificateSigningRequest With(CertificateSigningRequest request, string type, string reason, string message, DateTimeOffset now)
    {
        var status = request.Status ?? new();
        var time = now.AddTicks(-(now.UtcTicks % TimeSpan.TicksPerSecond));
        var condition = new Condition { Type = type, Status = "True", Reason = reason, Message = message, LastUpdateTime = time, LastTransitionTime = time };
        return request with { Status = status with { Conditions = status.Conditions.Add(condition) } };
    }

    /// <summary>A text that the API keeps in base64.</summary>
    public static string Decode(string base64)
    {
        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out var length) ? Encoding.UTF8.GetString(bytes, 0, length) : "";
    }
}
