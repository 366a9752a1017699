using System.Diagnostics.CodeAnalysis;
using K124.Sim.Model;

namespace K124.Sim.Kinds.Schema;

/// <summary>Quantities as the API server reads them from JSON.</summary>
internal static class Quantities
{
    /// <summary>What the server says of a text that has not the form of a quantity.</summary>
    public const string Malformed = "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";

    private const string UnknownSuffix = "unable to parse quantity's suffix";

    /// <summary>Reads a quantity.</summary>
    /// <param name="text">The text.</param>
    /// <param name="quantity">The quantity, or 0.</param>
    /// <param name="error">What the server says of it; null if it can be read.</param>
    /// <returns>False if it is no quantity.</returns>
    public static bool TryParse(string text, out Quantity quantity, [NotNullWhen(false)] out string? error)
    {
        error = Quantity.TryParse(text, out quantity, out var problem) ? null
            : problem.Contains("unknown suffix", StringComparison.Ordinal) ? UnknownSuffix
            : Malformed;
        return error is null;
    }

    /// <summary>A quantity in a list of resources, which keeps nothing finer than thousandths.</summary>
    /// <param name="text">Canonical text of the quantity.</param>
    /// <returns>Canonical text of the rounded quantity.</returns>
    public static string RoundUpToMilli(string text)
    {
        // Only a text that ends in n or u can hold anything finer, save for exponents below zero.
        if (text[^1] is not ('n' or 'u') && !text.Contains("e-", StringComparison.Ordinal))
        {
            return text;
        }

        return Quantity.FromMilli(Quantity.Parse(text).MilliValue()).ToString();
    }

    /// <summary>The quantity of a member that was decoded; 0 if it is absent.</summary>
    /// <param name="text">Canonical text, or null.</param>
    /// <returns>The quantity.</returns>
    public static Quantity Read(string? text) => text is not null && Quantity.TryParse(text, out var quantity) ? quantity : default;
}
