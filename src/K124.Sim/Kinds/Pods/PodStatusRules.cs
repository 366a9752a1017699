using System.Text.Json.Nodes;
using K124.Sim.Kinds.Validation;
using K124.Sim.Text;

namespace K124.Sim.Kinds.Pods;

/// <summary>Rules of the status of pods.</summary>
internal static class PodStatusRules
{
    private static readonly FieldPath StatusPath = FieldPath.Of("status");

    /// <summary>Checks an update of the status.</summary>
    public static void ValidateUpdate(JsonObject tree, JsonObject old, FieldErrors errors)
    {
        var status = tree.Object("status");
        Conditions(status.Objects("conditions"), errors);
        var nominated = status.Text("nominatedNodeName");
        if (nominated.Length > 0 && nominated != old.Object("status").Text("nominatedNodeName"))
        {
            errors.InvalidAll(StatusPath.Child("nominatedNodeName"), nominated, NameRules.Subdomain(nominated));
        }

        var policy = old.Object("spec").Text("restartPolicy");
        Transitions(status, old.Object("status"), "containerStatuses", policy, errors);
        Transitions(status, old.Object("status"), "initContainerStatuses", policy == "Always" ? "OnFailure" : policy, errors);
        Addresses(status, errors);
    }

    /// <summary>Checks the addresses of a pod.</summary>
    public static void Addresses(JsonObject? status, FieldErrors errors)
    {
        var path = StatusPath.Child("podIPs");
        var ips = status.Objects("podIPs");
        for (var i = 0; i < ips.Count; i++)
        {
            var ip = ips[i].Text("ip");
            if (!NetworkRules.IsAddress(ip))
            {
                errors.Invalid(path.Index(i), ip, "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)");
            }
        }

        if (ips.Count <= 1)
        {
            return;
        }

        var isDual = ips.Count == 2 && NetworkRules.IsAddress(ips[0].Text("ip")) && NetworkRules.IsAddress(ips[1].Text("ip"))
            && IsV6(ips[0].Text("ip")) != IsV6(ips[1].Text("ip"));
        if (!isDual)
        {
            errors.InvalidValue(path, status!["podIPs"], "may specify no more than one IP for each IP family");
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < ips.Count; i++)
        {
            if (!seen.Add(ips[i].Text("ip")))
            {
                errors.DuplicateValue(path.Index(i), ips[i]);
            }
        }
    }

    private static bool IsV6(string ip) => ip.Contains(':', StringComparison.Ordinal);

    // Reported where conditions do not stand.
    private static void Conditions(JsonObjects conditions, FieldErrors errors)
    {
        for (var i = 0; i < conditions.Count; i++)
        {
            var type = conditions[i].Text("type");
            if (type.Contains('/', StringComparison.Ordinal))
            {
                errors.InvalidAll(FieldPath.Of("metadata").Child("conditions").Index(i).Child("type"), type, NameRules.QualifiedName(type));
            }
        }
    }

    private static void Transitions(JsonObject? status, JsonObject? old, string list, string policy, FieldErrors errors)
    {
        if (policy == "Always")
        {
            return;
        }

        foreach (var before in old.Objects(list))
        {
            if (before.Object("state", "terminated") is not { } terminated || (policy == "OnFailure" && terminated.Number("exitCode") != 0))
            {
                continue;
            }

            var now = status.Objects(list);
            for (var i = 0; i < now.Count; i++)
            {
                if (now[i].Text("name") == before.Text("name") && !now[i].Object("state").Has("terminated"))
                {
                    errors.Forbidden(StatusPath.Child(list).Index(i).Child("state"), "may not be transitioned to non-terminated state");
                }
            }
        }
    }
}
