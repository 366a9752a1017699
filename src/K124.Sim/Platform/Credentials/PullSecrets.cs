using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using K124.Sim.Text;

namespace K124.Sim.Platform.Credentials;

/// <summary>A secret that a pod names for its pulls.</summary>
/// <param name="Type">Type of the secret.</param>
/// <param name="Data">Its data.</param>
internal sealed record PullSecret(string Type, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Data);

/// <summary>Reads the credentials of secrets.</summary>
internal static class PullSecrets
{
    /// <summary>Reads the secrets in their order; those of other types are passed over.</summary>
    /// <param name="secrets">The secrets.</param>
    /// <param name="keyring">The credentials; null if no secret holds any.</param>
    /// <param name="problem">What is wrong with the first secret that cannot be read.</param>
    /// <returns>Whether all could be read.</returns>
    public static bool TryRead(IEnumerable<PullSecret> secrets, out DockerKeyring? keyring, [NotNullWhen(false)] out string? problem)
    {
        (keyring, problem) = (null, null);
        foreach (var secret in secrets)
        {
            var (key, isNested) = secret.Type switch
            {
                "kubernetes.io/dockerconfigjson" => (".dockerconfigjson", true),
                "kubernetes.io/dockercfg" => (".dockercfg", false),
                _ => ("", false),
            };
            if (key.Length == 0 || !secret.Data.TryGetValue(key, out var bytes) || bytes.IsEmpty)
            {
                continue;
            }

            keyring ??= new();
            problem = Read(bytes, isNested, keyring);
            if (problem is not null)
            {
                return false;
            }
        }

        return true;
    }

    private static string? Read(ReadOnlyMemory<byte> bytes, bool isNested, DockerKeyring keyring)
    {
        if (GoJson.Fault(bytes.Span) is { } fault)
        {
            return fault;
        }

        using var document = JsonDocument.Parse(bytes);
        var entries = document.RootElement;
        if (isNested && !entries.TryGetProperty("auths", out entries))
        {
            return null;
        }

        foreach (var entry in entries.ValueKind == JsonValueKind.Object ? entries.EnumerateObject() : default)
        {
            var auth = Member(entry.Value, "auth");
            if (auth.Length == 0)
            {
                keyring.Add(entry.Name, new(Member(entry.Value, "username"), Member(entry.Value, "password")));
            }
            else if (!TryDecode(auth, out var credential, out var problem))
            {
                return problem;
            }
            else
            {
                keyring.Add(entry.Name, credential);
            }
        }

        return null;
    }

    private static string Member(JsonElement entry, string name) =>
        entry.ValueKind == JsonValueKind.Object && entry.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";

    private static bool TryDecode(string auth, [NotNullWhen(true)] out RegistryCredential? credential, [NotNullWhen(false)] out string? problem)
    {
        credential = null;
        if (!GoBase64.TryDecode(auth, isPadded: auth.AsSpan().Trim().EndsWith("="), out var bytes, out problem))
        {
            return false;
        }

        var parts = Encoding.UTF8.GetString(bytes).Split(':', 2);
        if (parts.Length < 2)
        {
            problem = "unable to parse auth field, must be formatted as base64(username:password)";
            return false;
        }

        credential = new(parts[0], parts[1]);
        return true;
    }
}
