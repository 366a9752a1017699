using System.Globalization;
using System.Text.Json.Nodes;
using K124.Sim.Kinds.Schema;
using K124.Sim.Model;

namespace K124.Sim.Kinds.Admission;

/// <summary>What breaks the rules of one LimitRange.</summary>
internal sealed class LimitRangeCheck
{
    private const long LargestForMilli = long.MaxValue / 1000;

    private readonly List<string> _problems = [];

    /// <summary>The problems in one text; null if there are none.</summary>
    public string? Text => _problems.Count switch
    {
        0 => null,
        1 => _problems[0],
        _ => $"[{string.Join(", ", _problems)}]",
    };

    /// <summary>Checks a pod.</summary>
    public void Pod(JsonObject pod, JsonObject range)
    {
        var spec = pod.Object("spec");
        foreach (var item in range.Object("spec").Objects("limits"))
        {
            switch (item.Text("type"))
            {
                case "Container":
                    foreach (var list in (ReadOnlySpan<string>)["containers", "initContainers"])
                    {
                        foreach (var container in spec.Objects(list))
                        {
                            Apply(item, Amounts(container, "requests"), Amounts(container, "limits"));
                        }
                    }

                    break;
                case "Pod":
                    Apply(item, Sum(spec, "requests"), Sum(spec, "limits"));
                    break;
            }
        }
    }

    /// <summary>Checks a claim.</summary>
    public void Claim(JsonObject claim, JsonObject range)
    {
        var requests = Amounts(claim.Object("spec") ?? [], "requests");
        foreach (var item in range.Object("spec").Objects("limits"))
        {
            if (item.Text("type") != "PersistentVolumeClaim")
            {
                continue;
            }

            foreach (var (name, least) in Read(item.Object("min")))
            {
                Min(item, name, least, requests, []);
            }

            foreach (var (name, most) in Read(item.Object("max")))
            {
                MaxRequest(item, name, most, requests);
            }
        }
    }

    private void Apply(JsonObject item, Dictionary<string, Quantity> requests, Dictionary<string, Quantity> limits)
    {
        foreach (var (name, least) in Read(item.Object("min")))
        {
            Min(item, name, least, requests, limits);
        }

        foreach (var (name, most) in Read(item.Object("max")))
        {
            Max(item, name, most, requests, limits);
        }

        foreach (var (name, ratio) in Read(item.Object("maxLimitRequestRatio")))
        {
            Ratio(item, name, ratio, requests, limits);
        }
    }

    private void Min(JsonObject item, string name, Quantity least, Dictionary<string, Quantity> requests, Dictionary<string, Quantity> limits)
    {
        var head = $"minimum {name} usage per {item.Text("type")} is {least}";
        var hasRequest = requests.TryGetValue(name, out var request);
        var hasLimit = limits.TryGetValue(name, out var limit);
        var (requested, limited, enforced) = Comparable(request, limit, least);
        if (!hasRequest)
        {
            Add(head + ".  No request is specified");
        }
        else if (requested < enforced)
        {
            Add($"{head}, but request is {request}");
        }
        else if (hasLimit && limited < enforced)
        {
            Add($"{head}, but limit is {limit}");
        }
    }

    private void Max(JsonObject item, string name, Quantity most, Dictionary<string, Quantity> requests, Dictionary<string, Quantity> limits)
    {
        var head = $"maximum {name} usage per {item.Text("type")} is {most}";
        var hasRequest = requests.TryGetValue(name, out var request);
        var hasLimit = limits.TryGetValue(name, out var limit);
        var (requested, limited, enforced) = Comparable(request, limit, most);
        if (!hasLimit)
        {
            Add(head + ".  No limit is specified");
        }
        else if (limited > enforced)
        {
            Add($"{head}, but limit is {limit}");
        }
        else if (hasRequest && requested > enforced)
        {
            Add($"{head}, but request is {request}");
        }
    }

    private void MaxRequest(JsonObject item, string name, Quantity most, Dictionary<string, Quantity> requests)
    {
        var head = $"maximum {name} usage per {item.Text("type")} is {most}";
        if (!requests.TryGetValue(name, out var request))
        {
            Add(head + ".  No request is specified");
            return;
        }

        var (requested, _, enforced) = Comparable(request, default, most);
        if (requested > enforced)
        {
            Add($"{head}, but request is {request}");
        }
    }

    private void Ratio(JsonObject item, string name, Quantity most, Dictionary<string, Quantity> requests, Dictionary<string, Quantity> limits)
    {
        var head = $"{name} max limit to request ratio per {item.Text("type")} is {most}, but ";
        var hasRequest = requests.TryGetValue(name, out var request);
        var hasLimit = limits.TryGetValue(name, out var limit);
        var (requested, limited, _) = Comparable(request, limit, most);
        if (!hasRequest || requested == 0)
        {
            Add(head + "no request is specified or request is 0");
        }
        else if (!hasLimit || limited == 0)
        {
            Add(head + "no limit is specified or limit is 0");
        }
        else
        {
            var ratio = (double)limited / requested;
            var isFine = most.Value() <= LargestForMilli;
            if (isFine ? ratio * 1000 > most.MilliValue() : ratio > most.Value())
            {
                Add(head + string.Create(CultureInfo.InvariantCulture, $"provided ratio is {ratio:F6}"));
            }
        }
    }

    // Thousandths if all of them fit, else whole units.
    private static (long Request, long Limit, long Enforced) Comparable(Quantity request, Quantity limit, Quantity enforced) =>
        request.Value() <= LargestForMilli && limit.Value() <= LargestForMilli && enforced.Value() <= LargestForMilli
            ? (request.MilliValue(), limit.MilliValue(), enforced.MilliValue())
            : (request.Value(), limit.Value(), enforced.Value());

    private static IEnumerable<KeyValuePair<string, Quantity>> Read(JsonObject? amounts) =>
        amounts is null ? [] : amounts.Select(pair => KeyValuePair.Create(pair.Key, Quantities.Read(JsonTree.AsText(pair.Value))));

    private static Dictionary<string, Quantity> Amounts(JsonObject owner, string member) =>
        new(Read(owner.Object("resources", member)), StringComparer.Ordinal);

    // What all containers name, added up; but at least what any init container needs.
    private static Dictionary<string, Quantity> Sum(JsonObject? spec, string member)
    {
        var sums = new Dictionary<string, (Quantity Sum, int Count)>(StringComparer.Ordinal);
        var containers = spec.Objects("containers");
        foreach (var container in containers)
        {
            foreach (var (name, amount) in Amounts(container, member))
            {
                var (sum, count) = sums.GetValueOrDefault(name);
                sums[name] = (sum + Rounded(name, amount), count + 1);
            }
        }

        var result = new Dictionary<string, Quantity>(StringComparer.Ordinal);
        foreach (var (name, (sum, count)) in sums)
        {
            if (count == containers.Count)
            {
                result[name] = sum;
            }
        }

        foreach (var container in spec.Objects("initContainers"))
        {
            foreach (var (name, amount) in Amounts(container, member))
            {
                if (!result.TryGetValue(name, out var sum) || amount > sum)
                {
                    result[name] = amount;
                }
            }
        }

        return result;
    }

    private static Quantity Rounded(string name, Quantity amount) =>
        name == "cpu" ? Quantity.FromMilli(amount.MilliValue()) : Quantity.FromUnits(amount.Value());

    private void Add(string problem)
    {
        if (!_problems.Contains(problem))
        {
            _problems.Add(problem);
        }
    }
}
