using System.Globalization;
using System.Text.Json.Nodes;
using K124.Sim.Kinds.Pods;
using K124.Sim.Kinds.Schema;
using K124.Sim.Kinds.Validation;
using K124.Sim.Model;
using K124.Sim.Text;

namespace K124.Sim.Kinds.Policy;

/// <summary>Rules of the items of a LimitRange.</summary>
/// <remarks>Kubernetes 1.24 pkg/apis/core/validation.</remarks>
internal static class LimitRangeRules
{
    private static readonly string[] Members = ["max", "min", "default", "defaultRequest", "maxLimitRequestRatio"];

    /// <summary>Checks the items.</summary>
    public static void Limits(JsonObjects items, FieldPath path, FieldErrors errors)
    {
        var types = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < items.Count; i++)
        {
            var item = items[i];
            var here = path.Index(i);
            var type = item.Text("type");
            Type(type, here.Child("type"), errors);
            if (!types.Add(type))
            {
                errors.Duplicate(here.Child("type"), type);
            }

            var keys = Names(item, type, here, errors);
            Needs(item, type, here, errors);
            foreach (var name in keys)
            {
                Orders(item, name, here, errors);
            }
        }
    }

    private static void Type(string type, FieldPath path, FieldErrors errors)
    {
        var texts = NameRules.QualifiedName(type);
        errors.InvalidAll(path, type, texts);
        if (texts.Length == 0 && !type.Contains('/', StringComparison.Ordinal) && type is not ("Pod" or "Container" or "PersistentVolumeClaim"))
        {
            errors.Invalid(path, type, "must be a standard limit type or fully qualified");
        }
    }

    private static SortedSet<string> Names(JsonObject item, string type, FieldPath path, FieldErrors errors)
    {
        var keys = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var member in Members)
        {
            if (type == "Pod" && member is "default" or "defaultRequest")
            {
                if (type == "Pod" && !item.Object(member).IsEmpty())
                {
                    errors.Forbidden(path.Child(member), "may not be specified when `type` is 'Pod'");
                }

                if (type == "Pod")
                {
                    continue;
                }
            }

            foreach (var (name, _) in item.Object(member) ?? [])
            {
                Name(name, type, path.Child(member).Key(name), errors);
                keys.Add(name);
            }
        }

        return keys;
    }

    private static void Name(string name, string type, FieldPath path, FieldErrors errors)
    {
        if (type is "Pod" or "Container")
        {
            ResourceRules.ContainerName(name, path, errors);
        }
        else
        {
            ResourceRules.Name(name, path, errors);
        }
    }

    private static void Needs(JsonObject item, string type, FieldPath path, FieldErrors errors)
    {
        if (type == "PersistentVolumeClaim" && !item.Object("min").Has("storage") && !item.Object("max").Has("storage"))
        {
            errors.Required(path.Child("limits"), "either minimum or maximum storage value is required, but neither was provided");
        }
    }

    private static void Orders(JsonObject item, string name, FieldPath path, FieldErrors errors)
    {
        var min = Read(item, "min", name);
        var max = Read(item, "max", name);
        var standard = Read(item, "default", name);
        var request = Read(item, "defaultRequest", name);
        var minPath = path.Child("min").Key(name);
        var defaultPath = path.Child("default").Key(name);
        var requestPath = path.Child("defaultRequest").Key(name);
        Ordered(min, max, minPath, min, $"min value {min} is greater than max value {max}", errors);
        Ordered(min, request, requestPath, request, $"min value {min} is greater than default request value {request}", errors);
        Ordered(request, max, requestPath, request, $"default request value {request} is greater than max value {max}", errors);
        Ordered(request, standard, requestPath, request, $"default request value {request} is greater than default limit value {standard}", errors);
        Ordered(min, standard, defaultPath, min, $"min value {min} is greater than default value {standard}", errors);
        Ordered(standard, max, defaultPath, max, $"default value {standard} is greater than max value {max}", errors);
        Ratio(Read(item, "maxLimitRequestRatio", name), min, max, path.Child("maxLimitRequestRatio").Key(name), errors);
        if (standard is { } limit && request is { } asked && !ResourceNames.AllowsOvercommit(name) && limit != asked)
        {
            errors.InvalidPrinted(requestPath, ResourceRules.Printed(asked), $"default value {limit} must equal to defaultRequest value {asked} in {name}");
        }
    }

    private static Quantity? Read(JsonObject item, string member, string name) =>
        item.Object(member).TextOrNull(name) is { } text ? Quantities.Read(text) : null;

    private static void Ordered(Quantity? low, Quantity? high, FieldPath path, Quantity? printed, string detail, FieldErrors errors)
    {
        if (low > high)
        {
            errors.InvalidPrinted(path, ResourceRules.Printed(printed ?? default), detail);
        }
    }

    private static void Ratio(Quantity? ratio, Quantity? min, Quantity? max, FieldPath path, FieldErrors errors)
    {
        if (ratio is not { } most)
        {
            return;
        }

        if (most < Quantity.FromUnits(1))
        {
            errors.InvalidPrinted(path, ResourceRules.Printed(most), $"ratio {most} is less than 1");
        }

        if (min is not { } low || max is not { } high)
        {
            return;
        }

        var allowed = (double)most.Value();
        var limit = (double)high.Value() / low.Value();
        if (most.Value() < long.MaxValue / 1000 && high.Value() < long.MaxValue / 1000 && low.Value() < long.MaxValue / 1000)
        {
            limit = (double)high.MilliValue() / low.MilliValue();
            allowed = (double)most.MilliValue() / 1000;
        }

        if (allowed > limit)
        {
            errors.InvalidPrinted(
                path, ResourceRules.Printed(most), string.Create(CultureInfo.InvariantCulture, $"ratio {most} is greater than max/min = {limit:F6}"));
        }
    }
}
