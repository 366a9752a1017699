using System.Collections.Immutable;
using System.Text.Json.Nodes;
using K124.Sim.Api;
using K124.Sim.Kinds.Admission.Quota;
using K124.Sim.Model;

namespace K124.Sim.Kinds.Admission;

/// <summary>Refuses what a quota has no room for, and charges what it has.</summary>
/// <remarks>Kubernetes 1.24 apiserver/pkg/admission/plugin/resourcequota.</remarks>
internal sealed class ResourceQuotaPlugin : AdmissionPlugin
{
    /// <inheritdoc/>
    public override string Name => "ResourceQuota";

    /// <inheritdoc/>
    public override ApiStatus? Validate(AdmissionRequest request)
    {
        if (request.Subresource.Length > 0 || request.Namespace.Length == 0 || request.Object is not { } tree
            || QuotaEvaluator.For(request.Resource) is not { } evaluator || !evaluator.Handles(request.Operation))
        {
            return null;
        }

        var quotas = new List<JsonObject>();
        foreach (var quota in request.Context.Objects.List("", "resourcequotas", request.Namespace))
        {
            var matching = MatchingNames(quota, evaluator);
            if (matching.Count == 0 || !QuotaScopes.Match(quota, evaluator, tree))
            {
                continue;
            }

            if (Problem(quota, matching, evaluator, tree) is { } problem)
            {
                return request.Forbidden(problem);
            }

            quotas.Add(quota);
        }

        return quotas.Count == 0 ? null : Charge(request, evaluator, tree, quotas);
    }

    private static List<string> MatchingNames(JsonObject quota, QuotaEvaluator evaluator)
    {
        var names = new List<string>();
        foreach (var (name, _) in quota.Object("status", "hard") ?? [])
        {
            if (evaluator.Knows(name))
            {
                names.Add(name);
            }
        }

        names.Sort(StringComparer.Ordinal);
        return names;
    }

    private static string? Problem(JsonObject quota, List<string> matching, QuotaEvaluator evaluator, JsonObject tree)
    {
        var name = quota.Object("metadata").Text("name");
        if (evaluator.Missing(matching, tree) is { } missing)
        {
            return $"failed quota: {name}: {missing}";
        }

        var used = quota.Object("status", "used");
        return matching.Exists(resource => !used.Has(resource))
            ? $"status unknown for quota: {name}, resources: {string.Join(',', matching)}"
            : null;
    }

    private static ApiStatus? Charge(AdmissionRequest request, QuotaEvaluator evaluator, JsonObject tree, List<JsonObject> quotas)
    {
        var delta = evaluator.Usage(tree);
        var negative = delta.Where(item => item.Value < default(Quantity)).Select(item => item.Key).Order(StringComparer.Ordinal).ToArray();
        if (negative.Length > 0)
        {
            return request.Forbidden($"quota usage is negative for resource(s): {string.Join(',', negative)}");
        }

        if (request.Operation == AdmissionOperation.Update && request.OldObject is { } old)
        {
            Subtract(delta, evaluator.Usage(old));
        }

        var charges = new List<QuotaCharge>();
        foreach (var quota in quotas)
        {
            if (Exceeded(quota, delta, out var charge) is { } exceeded)
            {
                return request.Forbidden(exceeded);
            }

            if (charge is not null)
            {
                charges.Add(charge);
            }
        }

        foreach (var charge in charges)
        {
            request.Context.Charge(charge);
        }

        return null;
    }

    private static void Subtract(SortedDictionary<string, Quantity> delta, SortedDictionary<string, Quantity> before)
    {
        foreach (var (name, amount) in before)
        {
            if (delta.TryGetValue(name, out var now))
            {
                delta[name] = now > amount ? now - amount : default;
            }
        }
    }

    private static string? Exceeded(JsonObject quota, SortedDictionary<string, Quantity> delta, out QuotaCharge? charge)
    {
        var hard = quota.Object("status", "hard");
        var used = quota.Object("status", "used");
        var requested = new List<string>();
        var usedTexts = new List<string>();
        var limited = new List<string>();
        var changed = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var (name, amount) in delta)
        {
            if (amount.IsZero || hard.TextOrNull(name) is not { } hardText)
            {
                continue;
            }

            var most = Quantity.Parse(hardText);
            var before = Schema.Quantities.Read(used.TextOrNull(name));
            var after = before + amount;
            changed[name] = after.ToString();
            if (after > most)
            {
                requested.Add($"{name}={amount}");
                usedTexts.Add($"{name}={before}");
                limited.Add($"{name}={most}");
            }
        }

        var metadata = quota.Object("metadata");
        charge = changed.Count == 0 ? null : new(metadata.Text("namespace"), metadata.Text("name"), changed.ToImmutable());
        return requested.Count == 0
            ? null
            : $"exceeded quota: {metadata.Text("name")}, requested: {string.Join(',', requested)}, used: {string.Join(',', usedTexts)}, "
                + $"limited: {string.Join(',', limited)}";
    }
}
