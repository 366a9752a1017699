using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace K124.Sim.Networking;

/// <summary>The ports that node ports come from: the API server's <c>--service-node-port-range</c>.</summary>
public sealed record NodePortSpan
{
    private readonly string _text;

    /// <summary>Makes a span.</summary>
    /// <param name="first">First port, 0 to 65535.</param>
    /// <param name="last">Last port, not less than the first, at most 65535.</param>
    /// <exception cref="ArgumentOutOfRangeException">A port is out of bounds, or the last comes before the first.</exception>
    public NodePortSpan(int first, int last)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfLessThan(last, first);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(last, ushort.MaxValue);
        First = first;
        Last = last;
        _text = string.Create(CultureInfo.InvariantCulture, $"{first}-{last}");
    }

    /// <summary>The default of 1.24: 30000-32767.</summary>
    public static NodePortSpan Default { get; } = new(30000, 32767);

    /// <summary>First port.</summary>
    public int First { get; }

    /// <summary>Last port.</summary>
    public int Last { get; }

    /// <summary>Number of ports.</summary>
    public int Count => Last - First + 1;

    /// <summary>Reads a span such as <c>30000-32767</c>.</summary>
    /// <param name="text">The text.</param>
    /// <param name="ports">The span, or null.</param>
    /// <returns>False if the text is not a span of ports.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out NodePortSpan? ports)
    {
        ports = null;
        var span = text.AsSpan();
        var dash = span.IndexOf('-');
        if (dash < 0
            || !ushort.TryParse(span[..dash], NumberStyles.None, CultureInfo.InvariantCulture, out var first)
            || !ushort.TryParse(span[(dash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var last)
            || last < first)
        {
            return false;
        }

        ports = new(first, last);
        return true;
    }

    /// <summary>Whether a port lies in the span.</summary>
    /// <param name="port">The port.</param>
    /// <returns>True if it does.</returns>
    public bool Contains(int port) => port >= First && port <= Last;

    /// <summary>For example <c>30000-32767</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => _text;
}
