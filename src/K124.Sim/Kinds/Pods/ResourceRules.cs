using System.Text.Json.Nodes;
using K124.Sim.Kinds.Schema;
using K124.Sim.Kinds.Validation;
using K124.Sim.Model;
using K124.Sim.Text;

namespace K124.Sim.Kinds.Pods;

/// <summary>Rules of requests and limits.</summary>
internal static class ResourceRules
{
    /// <summary>Checks requests and limits of a container.</summary>
    public static void Requirements(JsonObject resources, FieldPath path, FieldErrors errors)
    {
        var limits = resources.Object("limits");
        var requests = resources.Object("requests");
        var limitsPath = path.Child("limits");
        var requestsPath = path.Child("requests");
        foreach (var (name, value) in limits ?? [])
        {
            Amount(name, Quantities.Read(JsonTree.AsText(value)), limitsPath.Key(name), errors);
        }

        foreach (var (name, value) in requests ?? [])
        {
            var request = Quantities.Read(JsonTree.AsText(value));
            AmountWithoutPages(name, request, requestsPath.Key(name), errors);
            AgainstLimit(name, request, limits, requestsPath, limitsPath, errors);
            Pages(name, request, requestsPath.Key(name), errors);
        }

        if (HasAny(limits, requests, ResourceNames.IsHugePages) && !HasAny(limits, requests, static name => name is "cpu" or "memory"))
        {
            errors.Forbidden(path, "HugePages require cpu or memory");
        }
    }

    /// <summary>Checks a name of any resource.</summary>
    /// <returns>False if it is no qualified name.</returns>
    public static bool Name(string name, FieldPath path, FieldErrors errors)
    {
        var texts = NameRules.QualifiedName(name);
        errors.InvalidAll(path, name, texts);
        if (texts.Length == 0 && !name.Contains('/', StringComparison.Ordinal) && !ResourceNames.IsStandard(name))
        {
            errors.Invalid(path, name, "must be a standard resource type or fully qualified");
        }

        return texts.Length == 0;
    }

    /// <summary>Checks an amount of a resource: not negative, and whole where it must be.</summary>
    public static void Value(string name, Quantity value, FieldPath path, FieldErrors errors)
    {
        if (value < default(Quantity))
        {
            errors.Invalid(path, value.ToString(), "must be greater than or equal to 0");
        }

        if (ResourceNames.IsWhole(name) && value.MilliValue() % 1000 != 0)
        {
            errors.InvalidPrinted(path, Printed(value), "must be an integer");
        }
    }

    /// <summary>A quantity as messages print it that show its parts.</summary>
    public static string Printed(Quantity value) => GoTypes.Quantity(value.ToString());

    /// <summary>Checks the name of a resource of a container.</summary>
    public static void ContainerName(string name, FieldPath path, FieldErrors errors)
    {
        Name(name, path, errors);
        if (!name.Contains('/', StringComparison.Ordinal))
        {
            if (!ResourceNames.IsStandardForContainer(name))
            {
                errors.Invalid(path, name, "must be a standard resource for containers");
            }
        }
        else if (!ResourceNames.IsNative(name) && !ResourceNames.IsExtended(name))
        {
            errors.Invalid(path, name, "doesn't follow extended resource name standard");
        }
    }

    private static void Amount(string name, Quantity value, FieldPath path, FieldErrors errors)
    {
        AmountWithoutPages(name, value, path, errors);
        Pages(name, value, path, errors);
    }

    private static void AmountWithoutPages(string name, Quantity value, FieldPath path, FieldErrors errors)
    {
        ContainerName(name, path, errors);
        Value(name, value, path, errors);
    }

    private static void Pages(string name, Quantity value, FieldPath path, FieldErrors errors)
    {
        if (!ResourceNames.IsHugePages(name))
        {
            return;
        }

        var isSize = Quantity.TryParse(ResourceNames.PageSize(name), out var size) && size > default(Quantity) && size.MilliValue() % 1000 == 0;
        if (!isSize || value.Value() % size.Value() != 0)
        {
            errors.Invalid(path, value.ToString(), $"{value} is not positive integer multiple of {name}");
        }
    }

    private static void AgainstLimit(
        string name, Quantity request, JsonObject? limits, FieldPath requestsPath, FieldPath limitsPath, FieldErrors errors)
    {
        var limitText = limits.TextOrNull(name);
        var mayDiffer = ResourceNames.AllowsOvercommit(name);
        if (limitText is null)
        {
            if (!mayDiffer)
            {
                errors.Required(limitsPath, "Limit must be set for non overcommitable resources");
            }

            return;
        }

        var limit = Quantities.Read(limitText);
        if (request != limit && !mayDiffer)
        {
            errors.Invalid(requestsPath, request.ToString(), $"must be equal to {name} limit");
        }
        else if (request > limit)
        {
            errors.Invalid(requestsPath, request.ToString(), $"must be less than or equal to {name} limit");
        }
    }

    private static bool HasAny(JsonObject? limits, JsonObject? requests, Func<string, bool> condition) =>
        (limits?.Any(pair => condition(pair.Key)) ?? false) || (requests?.Any(pair => condition(pair.Key)) ?? false);
}
