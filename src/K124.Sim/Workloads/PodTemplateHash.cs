using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using K124.Sim.Model;
using K124.Sim.Model.Json;

namespace K124.Sim.Workloads;

/// <summary>The hashes that name ReplicaSets and revisions.</summary>
/// <remarks>Kubernetes 1.24 pkg/controller/controller_utils.go and pkg/controller/history.</remarks>
internal static class PodTemplateHash
{
    private const uint FnvOffset = 2166136261;
    private const uint FnvPrime = 16777619;
    private const string SafeLetters = "bcdfghjklmnpqrstvwxz2456789";

    private static readonly JsonTypeInfo<PodTemplateSpec> TypeInfo =
        (JsonTypeInfo<PodTemplateSpec>)ModelJsonOptions.Shared.GetTypeInfo(typeof(PodTemplateSpec));

    /// <summary>The hash of a template, as Deployments and DaemonSets use it.</summary>
    public static string Of(PodTemplateSpec template, int? collisionCount) => Of(ToJson(template), collisionCount);

    /// <summary>The hash of a template in its JSON form.</summary>
    public static string Of(JsonObject template, int? collisionCount)
    {
        var hash = FnvOffset;
        foreach (var value in Encoding.UTF8.GetBytes(PodTemplatePrinter.Print(template)))
        {
            hash = (hash ^ value) * FnvPrime;
        }

        if (collisionCount is { } count)
        {
            Span<byte> suffix = stackalloc byte[sizeof(ulong)];
            BinaryPrimitives.WriteUInt64LittleEndian(suffix, (uint)count);
            foreach (var value in suffix)
            {
                hash = (hash ^ value) * FnvPrime;
            }
        }

        return Encode(hash);
    }

    /// <summary>The hash of a revision's data, as StatefulSets use it.</summary>
    public static string OfRevision(string data, int collisionCount)
    {
        var hash = FnvOffset;
        foreach (var value in Encoding.UTF8.GetBytes(data + collisionCount.ToString(CultureInfo.InvariantCulture)))
        {
            hash = (hash * FnvPrime) ^ value;
        }

        return Encode(hash);
    }

    public static JsonObject ToJson(PodTemplateSpec template) => JsonSerializer.SerializeToNode(template, TypeInfo)!.AsObject();

    public static PodTemplateSpec FromJson(JsonNode template) => template.Deserialize(TypeInfo) ?? PodTemplateSpec.Default;

    private static string Encode(uint hash) =>
        string.Create(CultureInfo.InvariantCulture, $"{hash}").Aggregate(new StringBuilder(), static (text, digit) => text.Append(SafeLetters[digit % SafeLetters.Length])).ToString();
}
