using System.Text.Json.Nodes;
using K124.Sim.Kinds.Pods;
using K124.Sim.Kinds.Schema;
using K124.Sim.Model;

namespace K124.Sim.Kinds.Admission.Quota;

/// <summary>Pods: their number and what they request.</summary>
internal sealed class PodQuota : QuotaEvaluator
{
    private const string Requests = "requests.";
    private const string Limits = "limits.";
    private const string HugePages = "hugepages-";

    /// <summary>The only instance.</summary>
    public static PodQuota Instance { get; } = new();

    /// <inheritdoc/>
    public override bool Knows(string name)
    {
        if (name is "pods" or "count/pods")
        {
            return true;
        }

        var isRequest = name.StartsWith(Requests, StringComparison.Ordinal);
        var bare = isRequest ? name[Requests.Length..] : name.StartsWith(Limits, StringComparison.Ordinal) ? name[Limits.Length..] : name;
        return bare is "cpu" or "memory" or "ephemeral-storage"
            || ((isRequest || bare == name) && bare.StartsWith(HugePages, StringComparison.Ordinal))
            || (isRequest && ResourceNames.IsExtended(bare));
    }

    /// <inheritdoc/>
    public override SortedDictionary<string, Quantity> Usage(JsonObject tree)
    {
        var usage = Nothing();
        usage["count/pods"] = One;
        if (tree.Object("status").Text("phase") is "Succeeded" or "Failed")
        {
            return usage;
        }

        var spec = tree.Object("spec");
        var requests = Total(spec, "requests");
        var limits = Total(spec, "limits");
        usage["pods"] = One;
        foreach (var (name, amount) in requests)
        {
            if (IsComputed(name) || ResourceNames.IsHugePages(name))
            {
                usage[name] = amount;
                usage[Requests + name] = amount;
            }
            else if (ResourceNames.IsExtended(name))
            {
                usage[Requests + name] = amount;
            }
        }

        foreach (var (name, amount) in limits)
        {
            if (IsComputed(name))
            {
                usage[Limits + name] = amount;
            }
        }

        return usage;
    }

    /// <inheritdoc/>
    public override bool IsInScope(JsonObject tree, JsonObject scope)
    {
        var spec = tree.Object("spec") ?? [];
        return scope.Text("scopeName") switch
        {
            "Terminating" => spec.NumberOrNull("activeDeadlineSeconds") >= 0,
            "NotTerminating" => !(spec.NumberOrNull("activeDeadlineSeconds") >= 0),
            "BestEffort" => PodQos.ClassOf(spec) == "BestEffort",
            "NotBestEffort" => PodQos.ClassOf(spec) != "BestEffort",
            "PriorityClass" => QuotaScopes.MatchesValue(spec.Text("priorityClassName"), scope),
            "CrossNamespacePodAffinity" => CrossesNamespaces(spec.Object("affinity")),
            _ => false,
        };
    }

    /// <inheritdoc/>
    public override string? Missing(List<string> names, JsonObject tree)
    {
        var missing = new SortedDictionary<string, SortedSet<string>>(StringComparer.Ordinal);
        foreach (var list in (ReadOnlySpan<string>)["containers", "initContainers"])
        {
            foreach (var container in tree.Object("spec").Objects(list))
            {
                foreach (var name in names)
                {
                    if (MustBeStated(name) && !States(container, name))
                    {
                        if (!missing.TryGetValue(name, out var containers))
                        {
                            missing.Add(name, containers = new(StringComparer.Ordinal));
                        }

                        containers.Add(container.Text("name"));
                    }
                }
            }
        }

        return missing.Count == 0
            ? null
            : "must specify " + string.Join("; ", missing.Select(item => $"{item.Key} for: {string.Join(',', item.Value)}"));
    }

    private static bool IsComputed(string name) => name is "cpu" or "memory" or "ephemeral-storage";

    private static bool MustBeStated(string name) =>
        name is "cpu" or "memory" or "requests.cpu" or "requests.memory" or "limits.cpu" or "limits.memory";

    private static bool States(JsonObject container, string name)
    {
        var isLimit = name.StartsWith(Limits, StringComparison.Ordinal);
        var bare = name[(name.IndexOf('.', StringComparison.Ordinal) + 1)..];
        return container.Object("resources", isLimit ? "limits" : "requests").Has(bare);
    }

    // Containers run together, init containers one after another.
    private static SortedDictionary<string, Quantity> Total(JsonObject? spec, string member)
    {
        var total = Nothing();
        foreach (var container in spec.Objects("containers"))
        {
            Add(total, container.Object("resources", member));
        }

        foreach (var container in spec.Objects("initContainers"))
        {
            foreach (var (name, value) in container.Object("resources", member) ?? [])
            {
                var amount = Quantities.Read(JsonTree.AsText(value));
                if (!total.TryGetValue(name, out var sum) || amount > sum)
                {
                    total[name] = amount;
                }
            }
        }

        Add(total, spec.Object("overhead"));
        return total;
    }

    private static void Add(SortedDictionary<string, Quantity> total, JsonObject? amounts)
    {
        foreach (var (name, value) in amounts ?? [])
        {
            var amount = Quantities.Read(JsonTree.AsText(value));
            total[name] = total.TryGetValue(name, out var sum) ? sum + amount : amount;
        }
    }

    private static bool CrossesNamespaces(JsonObject? affinity)
    {
        foreach (var kind in (ReadOnlySpan<string>)["podAffinity", "podAntiAffinity"])
        {
            var rules = affinity.Object(kind);
            if (rules.Objects("requiredDuringSchedulingIgnoredDuringExecution").Any(Crosses)
                || rules.Objects("preferredDuringSchedulingIgnoredDuringExecution").Any(item => Crosses(item.Object("podAffinityTerm") ?? [])))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Crosses(JsonObject term) => term.Count("namespaces") > 0 || term.Has("namespaceSelector");
}
