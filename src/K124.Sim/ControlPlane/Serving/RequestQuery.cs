using System.Globalization;
using K124.Sim.Text;

namespace K124.Sim.ControlPlane.Serving;

/// <summary>The query of a request, read as 1.24 reads it.</summary>
internal sealed class RequestQuery
{
    private readonly List<(string Name, string Value)> _parameters = [];

    public RequestQuery(string query)
    {
        foreach (var part in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            var (name, value) = equals < 0 ? (part, "") : (part[..equals], part[(equals + 1)..]);
            _parameters.Add((Decode(name), Decode(value)));
        }
    }

    /// <summary>The first value of a parameter; empty if it is not there.</summary>
    public string this[string name] => _parameters.Find(parameter => parameter.Name == name).Value ?? "";

    public bool Has(string name) => _parameters.Exists(parameter => parameter.Name == name);

    /// <summary>All values of a parameter.</summary>
    public string[] All(string name) => [.. _parameters.Where(parameter => parameter.Name == name).Select(parameter => parameter.Value)];

    /// <summary>A truth value: whatever text but <c>false</c> and <c>0</c> is true.</summary>
    public bool Flag(string name) => Has(name) && this[name] is not ("false" or "0");

    /// <summary>A whole number.</summary>
    /// <param name="name">Name of the parameter.</param>
    /// <param name="value">The number; null if the parameter is absent or empty.</param>
    /// <returns>What is wrong with it, in Go's words; null if nothing is.</returns>
    public string? TryNumber(string name, out long? value)
    {
        value = null;
        var text = this[name];
        if (text.Length == 0)
        {
            return null;
        }

        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            value = number;
            return null;
        }

        var why = text.All(c => c is >= '0' and <= '9' or '-' or '+') && text.Length > 1 ? "value out of range" : "invalid syntax";
        return $"strconv.ParseInt: parsing {GoText.Quote(text)}: {why}";
    }

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
