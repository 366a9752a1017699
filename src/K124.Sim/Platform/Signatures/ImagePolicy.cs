using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;

namespace K124.Sim.Platform.Signatures;

/// <summary>A rule of a policy: images of a pattern have to be signed by one of some identities.</summary>
/// <param name="ImageGlob">Pattern of names; <c>*</c> stands for anything without a slash, <c>**</c> for anything.</param>
/// <param name="Identities">Who may have signed.</param>
internal sealed record ImageRule(string ImageGlob, ImmutableArray<SignerIdentity> Identities)
{
    /// <summary>Whether the rule is about an image.</summary>
    public bool Concerns(ImageReference reference)
    {
        var pattern = new StringBuilder(@"\A");
        for (var i = 0; i < ImageGlob.Length; i++)
        {
            var isDouble = ImageGlob[i] == '*' && i + 1 < ImageGlob.Length && ImageGlob[i + 1] == '*';
            pattern.Append(isDouble ? ".*" : ImageGlob[i] == '*' ? "[^/]*" : Regex.Escape(ImageGlob[i].ToString()));
            i += isDouble ? 1 : 0;
        }

        return Regex.IsMatch(reference.Repository, pattern.Append(@"\z").ToString(), RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
    }
}

/// <summary>What an admission webhook makes of images: those that no rule is about are let in, others have to pass every rule about them.</summary>
/// <param name="Rules">The rules.</param>
internal sealed record ImagePolicy(ImmutableArray<ImageRule> Rules)
{
    /// <summary>Whether an image is let in.</summary>
    /// <param name="image">Its name.</param>
    /// <param name="store">The registry.</param>
    /// <param name="verifier">Verifies.</param>
    /// <returns>The name to run, with its digest if it was verified; null if it is refused. And why, rule by rule.</returns>
    public (string? Admitted, ImmutableArray<ImageVerdict> Verdicts) Admit(string image, ISignatureStore store, ImageVerifier verifier)
    {
        if (!ImageReference.TryParse(image, out var reference))
        {
            return (null, []);
        }

        ImmutableArray<ImageVerdict> verdicts = [.. Rules.Where(rule => rule.Concerns(reference)).Select(rule => verifier.Verify(reference, store, rule.Identities))];
        if (verdicts.Any(static verdict => verdict.Kind != ImageVerdictKind.Verified))
        {
            return (null, verdicts);
        }

        return (verdicts.IsEmpty ? image : $"{reference.Repository}@{verdicts[0].Digest}", verdicts);
    }
}
