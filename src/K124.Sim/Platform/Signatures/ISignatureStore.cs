using System.Collections.Immutable;

namespace K124.Sim.Platform.Signatures;

/// <summary>What a registry knows of images and their signatures.</summary>
internal interface ISignatureStore
{
    /// <summary>The digest that a name leads to; null if there is no such image.</summary>
    string? Resolve(ImageReference reference);

    /// <summary>The signatures under a name such as <c>repository:sha256-....sig</c>; none if there is no such name.</summary>
    ImmutableArray<ImageSignature> Find(string signatureReference);
}
