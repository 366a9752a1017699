using System.Collections.Immutable;

namespace K124.Sim.Platform.Signatures;

/// <summary>Whether an image is signed by whom it has to be.</summary>
internal enum ImageVerdictKind
{
    /// <summary>At least one signature passes every check.</summary>
    Verified,

    /// <summary>There are signatures, and none passes.</summary>
    Invalid,

    /// <summary>There is no signature.</summary>
    NoSignature,
}

/// <summary>What verifying an image came to.</summary>
/// <param name="Kind">The verdict.</param>
/// <param name="Digest">What the name led to: whoever runs the image has to run this, not the tag.</param>
/// <param name="Faults">The first check that failed, one of each signature in order; of one that passed, empty.</param>
internal sealed record ImageVerdict(ImageVerdictKind Kind, string Digest, ImmutableArray<string> Faults);
