using System.Collections.Immutable;
using K124.Sim.Model;

namespace K124.Sim.Manifests;

/// <summary>What came of reading a list of objects: all of them, or the errors.</summary>
public sealed class ManifestResult
{
    internal ManifestResult(
        ImmutableArray<IApiObject> objects, ImmutableArray<ManifestError> errors, long errorCount, ImmutableArray<UnknownKind> unknownKinds, LoadStatistics statistics)
    {
        Objects = errorCount == 0 ? objects : [];
        Errors = errors;
        ErrorCount = errorCount;
        UnknownKinds = unknownKinds;
        Statistics = statistics;
    }

    /// <summary>Whether there are no errors.</summary>
    public bool Succeeded => ErrorCount == 0;

    /// <summary>The objects in the order of the input, whatever their kinds; empty if there are errors.</summary>
    public ImmutableArray<IApiObject> Objects { get; }

    /// <summary>The first errors, in the order of the input; at most <see cref="ManifestOptions.ErrorLimit"/>.</summary>
    public ImmutableArray<ManifestError> Errors { get; }

    /// <summary>Number of errors in all.</summary>
    public long ErrorCount { get; }

    /// <summary>Objects of kinds that are not modelled, ordered by API version and kind.</summary>
    public ImmutableArray<UnknownKind> UnknownKinds { get; }

    /// <summary>What was passed over because it is no Kubernetes object, or a copy; the first ones, in the order of the input.</summary>
    public ImmutableArray<ManifestError> PassedOver { get; internal init; } = [];

    /// <summary>Number of things passed over in all.</summary>
    public long PassedOverCount { get; internal init; }

    /// <summary>What the reader of an answer should know, such as fields that 1.24 drops.</summary>
    public ImmutableArray<string> Notes { get; internal init; } = [];

    /// <summary>How much was read.</summary>
    public LoadStatistics Statistics { get; }

    /// <summary>The objects, for callers to whom an error is unexpected.</summary>
    /// <returns>The objects in the order of the input.</returns>
    /// <exception cref="InvalidDataException">There are errors; the message lists them.</exception>
    public ImmutableArray<IApiObject> RequireObjects() =>
        Succeeded ? Objects : throw new InvalidDataException(Describe(Errors, ErrorCount));

    internal static string Describe(ImmutableArray<ManifestError> errors, long count)
    {
        var lines = string.Join('\n', errors);
        return count > errors.Length ? $"{lines}\nand {count - errors.Length} more errors" : lines;
    }
}
