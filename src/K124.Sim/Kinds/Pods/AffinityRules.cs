using System.Text.Json.Nodes;
using K124.Sim.Kinds.Validation;
using K124.Sim.Text;

namespace K124.Sim.Kinds.Pods;

/// <summary>Rules of affinity and of node selectors.</summary>
internal static class AffinityRules
{
    private const string Required = "requiredDuringSchedulingIgnoredDuringExecution";
    private const string Preferred = "preferredDuringSchedulingIgnoredDuringExecution";

    /// <summary>Checks the affinity of a pod.</summary>
    public static void Affinity(JsonObject? affinity, FieldPath path, FieldErrors errors)
    {
        if (affinity is null)
        {
            return;
        }

        if (affinity.Object("nodeAffinity") is { } node)
        {
            NodeAffinity(node, path.Child("nodeAffinity"), errors);
        }

        foreach (var kind in (ReadOnlySpan<string>)["podAffinity", "podAntiAffinity"])
        {
            if (affinity.Object(kind) is { } pod)
            {
                PodAffinity(pod, path.Child(kind), errors);
            }
        }
    }

    /// <summary>Checks a selector of nodes.</summary>
    public static void NodeSelector(JsonObject selector, FieldPath path, FieldErrors errors)
    {
        var terms = selector.Objects("nodeSelectorTerms");
        var here = path.Child("nodeSelectorTerms");
        if (terms.Count == 0)
        {
            errors.Required(here, "must have at least one node selector term");
            return;
        }

        for (var i = 0; i < terms.Count; i++)
        {
            Term(terms[i], here.Index(i), errors);
        }
    }

    private static void NodeAffinity(JsonObject affinity, FieldPath path, FieldErrors errors)
    {
        if (affinity.Object(Required) is { } required)
        {
            NodeSelector(required, path.Child(Required), errors);
        }

        var index = 0;
        foreach (var preferred in affinity.Objects(Preferred))
        {
            var here = path.Child(Preferred).Index(index++);
            Weight(preferred, here, errors);
            Term(preferred.Object("preference"), here.Child("preference"), errors);
        }
    }

    private static void Weight(JsonObject preferred, FieldPath path, FieldErrors errors)
    {
        if (preferred.Number("weight") is <= 0 or > 100)
        {
            errors.Invalid(path.Child("weight"), preferred.Number("weight"), "must be in the range 1-100");
        }
    }

    private static void Term(JsonObject? term, FieldPath path, FieldErrors errors)
    {
        var index = 0;
        foreach (var requirement in term.Objects("matchExpressions"))
        {
            Expression(requirement, path.Child("matchExpressions").Index(index++), errors);
        }

        index = 0;
        foreach (var requirement in term.Objects("matchFields"))
        {
            Field(requirement, path.Child("matchFields").Index(index++), errors);
        }
    }

    private static void Expression(JsonObject requirement, FieldPath path, FieldErrors errors)
    {
        var operation = requirement.Text("operator");
        var count = requirement.Count("values");
        switch (operation)
        {
            case "In" or "NotIn":
                if (count == 0)
                {
                    errors.Required(path.Child("values"), "must be specified when `operator` is 'In' or 'NotIn'");
                }

                break;
            case "Exists" or "DoesNotExist":
                if (count > 0)
                {
                    errors.Forbidden(path.Child("values"), "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
                }

                break;
            case "Gt" or "Lt":
                if (count != 1)
                {
                    errors.Required(path.Child("values"), "must be specified single value when `operator` is 'Lt' or 'Gt'");
                }

                break;
            default:
                errors.Invalid(path.Child("operator"), operation, "not a valid selector operator");
                break;
        }

        LabelRules.LabelName(requirement.Text("key"), path.Child("key"), errors);
    }

    private static void Field(JsonObject requirement, FieldPath path, FieldErrors errors)
    {
        var values = requirement.Texts("values");
        if (requirement.Text("operator") is not ("In" or "NotIn"))
        {
            errors.Invalid(path.Child("operator"), requirement.Text("operator"), "not a valid selector operator");
        }
        else if (values.Count != 1)
        {
            errors.Required(path.Child("values"), "must be only one value when `operator` is 'In' or 'NotIn' for node field selector");
        }

        if (requirement.Text("key") != "metadata.name")
        {
            errors.Invalid(path.Child("key"), requirement.Text("key"), "not a valid field selector key");
            return;
        }

        for (var i = 0; i < values.Count; i++)
        {
            errors.InvalidAll(path.Child("values").Index(i), values[i], NameRules.Subdomain(values[i]));
        }
    }

    private static void PodAffinity(JsonObject affinity, FieldPath path, FieldErrors errors)
    {
        var index = 0;
        foreach (var term in affinity.Objects(Required))
        {
            PodTerm(term, path.Child(Required).Index(index++), errors);
        }

        index = 0;
        foreach (var preferred in affinity.Objects(Preferred))
        {
            var here = path.Child(Preferred).Index(index++);
            Weight(preferred, here, errors);
            PodTerm(preferred.Object("podAffinityTerm"), here.Child("podAffinityTerm"), errors);
        }
    }

    private static void PodTerm(JsonObject? term, FieldPath path, FieldErrors errors)
    {
        LabelRules.Selector(term.Object("labelSelector"), path.Child("labelSelector"), errors);
        LabelRules.Selector(term.Object("namespaceSelector"), path.Child("namespaceSelector"), errors);
        foreach (var ns in term.Texts("namespaces"))
        {
            errors.InvalidAll(path.Child("namespace"), ns, NameRules.DnsLabel(ns));
        }

        var key = term.Text("topologyKey");
        if (key.Length == 0)
        {
            errors.Required(path.Child("topologyKey"), "can not be empty");
        }

        LabelRules.LabelName(key, path.Child("topologyKey"), errors);
    }
}
