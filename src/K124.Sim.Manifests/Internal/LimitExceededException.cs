namespace K124.Sim.Manifests.Internal;

/// <summary>A text is larger than the options allow; the message says what of it.</summary>
internal sealed class LimitExceededException(string message) : Exception(message)
{
    public static LimitExceededException Of(string what, long limit) =>
        new(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{what} is larger than {limit} bytes"));
}
