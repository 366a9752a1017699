using K124.Sim.Kinds.Schema;
using K124.Sim.Text;

namespace K124.Sim.Kinds.Validation;

/// <summary>Rules of quantities outside of containers.</summary>
internal static class QuantityRules
{
    /// <summary>Refuses an amount below zero.</summary>
    public static void NotNegative(string? quantity, FieldPath path, FieldErrors errors)
    {
        var amount = Quantities.Read(quantity);
        if (amount < default(Model.Quantity))
        {
            errors.Invalid(path, amount.ToString(), "must be greater than or equal to 0");
        }
    }

    /// <summary>Refuses an amount of zero or less.</summary>
    /// <returns>Whether the amount is fine.</returns>
    public static bool Positive(string? quantity, FieldPath path, FieldErrors errors)
    {
        var amount = Quantities.Read(quantity);
        if (amount > default(Model.Quantity))
        {
            return true;
        }

        errors.Invalid(path, amount.ToString(), "must be greater than zero");
        return false;
    }

    /// <summary>Checks the amount of a resource: not below zero, and whole where only whole ones exist.</summary>
    public static void ResourceValue(string resource, string? quantity, FieldPath path, FieldErrors errors)
    {
        NotNegative(quantity, path, errors);
        var amount = Quantities.Read(quantity);
        if (IsCounted(resource) && amount.MilliValue() % 1000 != 0)
        {
            errors.Invalid(path, amount.ToString(), "must be an integer");
        }
    }

    /// <summary>Refuses an amount that rounds to less than zero, printed as a whole number.</summary>
    public static void Basic(string? quantity, FieldPath path, FieldErrors errors)
    {
        var amount = Quantities.Read(quantity).Value();
        if (amount < 0)
        {
            errors.Invalid(path, amount, "must be a valid resource quantity");
        }
    }

    private static bool IsCounted(string resource) => resource
        is "pods" or "services" or "replicationcontrollers" or "resourcequotas" or "secrets" or "configmaps" or "persistentvolumeclaims"
            or "services.nodeports" or "services.loadbalancers"
        || (resource.Contains('/', StringComparison.Ordinal)
            && !resource.Contains("kubernetes.io/", StringComparison.Ordinal)
            && !resource.StartsWith("requests.", StringComparison.Ordinal)
            && NameRules.QualifiedName("requests." + resource).Length == 0);
}
