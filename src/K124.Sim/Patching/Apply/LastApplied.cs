using System.Text;
using System.Text.Json.Nodes;
using K124.Sim.Patching.Fields;
using K124.Sim.Patching.Typing;
using K124.Sim.Text;

namespace K124.Sim.Patching.Apply;

/// <summary>The annotation in which a client that applies by itself keeps its configuration, and what it means once that client goes
/// over to server-side apply.</summary>
internal static class LastApplied
{
    private const string Annotation = "kubectl.kubernetes.io/last-applied-configuration";
    private const int MaxAnnotationBytes = 256 * 1024;

    /// <summary>The conflicts that remain: what the annotation says and the object still has was the client's own all along.</summary>
    /// <returns>No conflict if all of them may be passed over; otherwise those that may not.</returns>
    public static Dictionary<ManagerId, FieldSet> WithoutAllowed(Dictionary<ManagerId, FieldSet> conflicts, JsonObject live, TypeShape type, string apiVersion)
    {
        if (Allowed(live, type, apiVersion) is not { } allowed)
        {
            return conflicts;
        }

        var open = new Dictionary<ManagerId, FieldSet>();
        foreach (var (id, fields) in conflicts)
        {
            var rest = fields.Difference(allowed);
            if (!rest.IsEmpty)
            {
                open.Add(id, rest);
            }
        }

        return open;
    }

    /// <summary>Brings the annotation up to date, where the object has it.</summary>
    public static void Renew(JsonObject target, JsonObject config)
    {
        if (Read(target).Length == 0)
        {
            return;
        }

        var copy = config.DeepClone().AsObject();
        if (Annotations(copy) is { } own && own.Remove(Annotation) && own.Count == 0)
        {
            copy["metadata"]!.AsObject().Remove("annotations");
        }

        var annotations = Annotations(target)!;
        annotations[Annotation] = GoJson.WriteSorted(copy) + "\n";
        if (annotations.Sum(static a => Size(a.Key) + Size(a.Value is JsonValue v && v.TryGetValue(out string? text) ? text : "")) > MaxAnnotationBytes)
        {
            annotations.Remove(Annotation);
        }
    }

    private static FieldSet? Allowed(JsonObject live, TypeShape type, string apiVersion)
    {
        var text = Read(live);
        if (text.Length == 0 || GoJson.TryParse(Encoding.UTF8.GetBytes(text), out var node) is not null || node is not JsonObject last)
        {
            return null;
        }

        if (last["apiVersion"] is not JsonValue version || !version.TryGetValue(out string? value) || value != apiVersion || TypeCheck.FirstError(last, type) is not null)
        {
            return null;
        }

        var difference = Comparer.Compare(last, live, type);
        return FieldSetOf.Tree(last, type).Difference(difference.Modified).Difference(difference.Added).Difference(difference.Removed);
    }

    private static string Read(JsonObject tree) =>
        Annotations(tree)?[Annotation] is JsonValue value && value.TryGetValue(out string? text) ? text : "";

    private static JsonObject? Annotations(JsonObject tree) => (tree["metadata"] as JsonObject)?["annotations"] as JsonObject;

    private static int Size(string text) => Encoding.UTF8.GetByteCount(text);
}
