using System.Globalization;

namespace K124.Sim.Model;

/// <summary>A number or a string, as in ports and disruption budgets.</summary>
/// <remarks>Kubernetes 1.24 apimachinery/pkg/util/intstr.</remarks>
public readonly record struct IntOrString
{
    private readonly int _number;
    private readonly string? _text;

    /// <summary>Makes a number.</summary>
    /// <param name="number">The number.</param>
    public IntOrString(int number) => _number = number;

    /// <summary>Makes a string.</summary>
    /// <param name="text">The string, for example <c>http</c> or <c>50%</c>.</param>
    public IntOrString(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        _text = text;
    }

    /// <summary>The number, or null if this is a string.</summary>
    public int? Number => _text is null ? _number : null;

    /// <summary>The string, or null if this is a number.</summary>
    public string? Text => _text;

    /// <inheritdoc/>
    public override string ToString() => _text ?? _number.ToString(CultureInfo.InvariantCulture);
}
