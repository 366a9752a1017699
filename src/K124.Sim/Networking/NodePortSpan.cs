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

    /// <summary>Reads a span: <c>30000-32767</c>, or <c>30000+2767</c> for a first port and how many follow, or one port.</summary>
    /// <param name="text">The text.</param>
    /// <param name="ports">The span, or null.</param>
    /// <returns>False if the text is not a span of ports.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out NodePortSpan? ports)
    {
        ports = null;
        var span = text.AsSpan().Trim();
        var mark = span.IndexOfAny('-', '+');
        if (!TryReadPort(mark < 0 ? span : span[..mark], out var first))
        {
            return false;
        }

        var last = first;
        if (mark >= 0)
        {
            if (!TryReadPort(span[(mark + 1)..], out last))
            {
                return false;
            }

            last += span[mark] == '+' ? first : 0;
        }

        if (last < first || last > ushort.MaxValue)
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

    private static bool TryReadPort(ReadOnlySpan<char> text, out int port)
    {
        var isPort = ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        port = number;
        return isPort;
    }
}
