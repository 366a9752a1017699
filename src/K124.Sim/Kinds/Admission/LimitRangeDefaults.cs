using System.Text.Json.Nodes;

namespace K124.Sim.Kinds.Admission;

/// <summary>Requests and limits that a LimitRange gives to containers without any.</summary>
internal static class LimitRangeDefaults
{
    private const string Annotation = "kubernetes.io/limit-ranger";

    /// <summary>Fills the containers of a pod, and notes what was filled.</summary>
    public static void Apply(JsonObject pod, JsonObject range)
    {
        var requests = new SortedDictionary<string, JsonNode>(StringComparer.Ordinal);
        var limits = new SortedDictionary<string, JsonNode>(StringComparer.Ordinal);
        foreach (var item in range.Object("spec").Objects("limits"))
        {
            if (item.Text("type") == "Container")
            {
                Collect(item.Object("defaultRequest"), requests);
                Collect(item.Object("default"), limits);
            }
        }

        if (requests.Count + limits.Count == 0)
        {
            return;
        }

        var notes = new List<string>();
        var spec = pod.Ensure("spec");
        foreach (var (list, word) in new[] { ("containers", "container"), ("initContainers", "init container") })
        {
            foreach (var container in spec.Objects(list))
            {
                var setLimits = Fill(container, "limits", limits);
                Note(notes, Fill(container, "requests", requests), $" request for {word} {container.Text("name")}");
                Note(notes, setLimits, $" limit for {word} {container.Text("name")}");
            }
        }

        if (notes.Count > 0)
        {
            pod.Ensure("metadata").Ensure("annotations")[Annotation] = "LimitRanger plugin set: " + string.Join("; ", notes);
        }
    }

    private static void Collect(JsonObject? amounts, SortedDictionary<string, JsonNode> into)
    {
        foreach (var (name, value) in amounts ?? [])
        {
            into[name] = value!;
        }
    }

    private static List<string> Fill(JsonObject container, string member, SortedDictionary<string, JsonNode> amounts)
    {
        var filled = new List<string>();
        foreach (var (name, value) in amounts)
        {
            var own = container.Ensure("resources").Ensure(member);
            if (!own.ContainsKey(name))
            {
                own[name] = value.DeepClone();
                filled.Add(name);
            }
        }

        return filled;
    }

    private static void Note(List<string> notes, List<string> filled, string what)
    {
        if (filled.Count > 0)
        {
            notes.Add(string.Join(", ", filled) + what);
        }
    }
}
