using K124.Sim.Model;

namespace K124.Sim.Storage.Binding;

/// <summary>What came of writing an object to the API.</summary>
/// <param name="Stored">The object as the API stored it, with its new resourceVersion; null if it was refused.</param>
/// <param name="Error">Why it was refused; null if it was not.</param>
public readonly record struct VolumeWrite(IApiObject? Stored, string? Error)
{
    /// <summary>The API has stored the object.</summary>
    /// <param name="stored">The object as stored.</param>
    /// <returns>The outcome.</returns>
    public static VolumeWrite Succeeded(IApiObject stored) => new(stored, null);

    /// <summary>The API has refused the object.</summary>
    /// <param name="error">Why.</param>
    /// <returns>The outcome.</returns>
    public static VolumeWrite Failed(string error) => new(null, error);
}
