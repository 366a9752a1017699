using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace K124.Sim.Batch.Forecast;

/// <summary>A distribution of durations in seconds.</summary>
/// <remarks>The draws come from a <see cref="SeededRandom"/>; those of the log-normal and Weibull distributions use the platform's
/// logarithm, whose last bit may differ between platforms.</remarks>
public abstract record Distribution
{
    private Distribution()
    {
    }

    /// <summary>Draws a duration.</summary>
    /// <param name="random">Where the draw comes from.</param>
    /// <returns>Seconds, from 0.</returns>
    public abstract double Sample(SeededRandom random);

    /// <summary>Reads a distribution: <c>30</c>, <c>constant:30</c>, <c>empirical:10,20,60</c>, <c>lognormal:MEDIAN,SIGMA</c> or
    /// <c>weibull:SCALE,SHAPE</c>.</summary>
    /// <param name="text">The text.</param>
    /// <param name="distribution">The distribution.</param>
    /// <returns>False if the text is none of these or a number is out of range.</returns>
    public static bool TryParse(string text, [NotNullWhen(true)] out Distribution? distribution)
    {
        ArgumentNullException.ThrowIfNull(text);
        distribution = null;
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var kind = colon < 0 ? "constant" : text[..colon];
        var numbers = new List<double>();
        foreach (var part in text[(colon + 1)..].Split(','))
        {
            if (!double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number) || number < 0)
            {
                return false;
            }

            numbers.Add(number);
        }

        distribution = (kind, numbers.Count) switch
        {
            ("constant", 1) => new Constant(numbers[0]),
            ("empirical", _) => new Empirical([.. numbers]),
            ("lognormal", 2) => new LogNormal(numbers[0], numbers[1]),
            ("weibull", 2) when numbers[1] > 0 => new Weibull(numbers[0], numbers[1]),
            _ => null,
        };
        return distribution is not null;
    }

    private static double FromZero(double number, [CallerArgumentExpression(nameof(number))] string? name = null) =>
        double.IsFinite(number) && number >= 0 ? number : throw new ArgumentOutOfRangeException(name, number, "must be finite and not negative");

    private static double AboveZero(double number, [CallerArgumentExpression(nameof(number))] string? name = null) =>
        FromZero(number, name) > 0 ? number : throw new ArgumentOutOfRangeException(name, number, "must be above zero");

    private static ImmutableArray<double> AllFromZero(ImmutableArray<double> numbers, [CallerArgumentExpression(nameof(numbers))] string? name = null)
    {
        if (numbers.IsDefaultOrEmpty)
        {
            throw new ArgumentException("at least one is needed", name);
        }

        foreach (var number in numbers)
        {
            FromZero(number, name);
        }

        return numbers;
    }

    /// <summary>Always the same duration.</summary>
    /// <param name="Seconds">The duration.</param>
    /// <exception cref="ArgumentException">The duration is negative or not finite.</exception>
    public sealed record Constant(double Seconds) : Distribution
    {
        /// <summary>The duration.</summary>
        public double Seconds { get; init => field = FromZero(value); } = FromZero(Seconds);

        /// <inheritdoc/>
        public override double Sample(SeededRandom random) => Seconds;
    }

    /// <summary>One of a list of observed durations, each as likely.</summary>
    /// <param name="Seconds">The durations; at least one.</param>
    /// <exception cref="ArgumentException">There is none, or one is negative or not finite.</exception>
    public sealed record Empirical(ImmutableArray<double> Seconds) : Distribution
    {
        /// <summary>The durations.</summary>
        public ImmutableArray<double> Seconds { get; init => field = AllFromZero(value); } = AllFromZero(Seconds);

        /// <inheritdoc/>
        public override double Sample(SeededRandom random)
        {
            ArgumentNullException.ThrowIfNull(random);
            return Seconds[(int)random.Next(Seconds.Length)];
        }
    }

    /// <summary>A duration whose logarithm is normal.</summary>
    /// <param name="MedianSeconds">The median.</param>
    /// <param name="Sigma">Standard deviation of the logarithm.</param>
    /// <exception cref="ArgumentException">A number is negative or not finite.</exception>
    public sealed record LogNormal(double MedianSeconds, double Sigma) : Distribution
    {
        /// <summary>The median.</summary>
        public double MedianSeconds { get; init => field = FromZero(value); } = FromZero(MedianSeconds);

        /// <summary>Standard deviation of the logarithm.</summary>
        public double Sigma { get; init => field = FromZero(value); } = FromZero(Sigma);

        /// <inheritdoc/>
        public override double Sample(SeededRandom random)
        {
            ArgumentNullException.ThrowIfNull(random);
            var radius = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()));
            return MedianSeconds * Math.Exp(Sigma * radius * Math.Cos(2 * Math.PI * random.NextDouble()));
        }
    }

    /// <summary>A Weibull distribution: a shape below 1 has a long tail, above 1 wears out.</summary>
    /// <param name="ScaleSeconds">Scale.</param>
    /// <param name="Shape">Shape, above 0.</param>
    /// <exception cref="ArgumentException">The scale is negative, the shape is not above 0, or one is not finite.</exception>
    public sealed record Weibull(double ScaleSeconds, double Shape) : Distribution
    {
        /// <summary>Scale.</summary>
        public double ScaleSeconds { get; init => field = FromZero(value); } = FromZero(ScaleSeconds);

        /// <summary>Shape.</summary>
        public double Shape { get; init => field = AboveZero(value); } = AboveZero(Shape);

        /// <inheritdoc/>
        public override double Sample(SeededRandom random)
        {
            ArgumentNullException.ThrowIfNull(random);
            return ScaleSeconds * Math.Pow(-Math.Log(1 - random.NextDouble()), 1 / Shape);
        }
    }
}
