namespace K124.Sim.Storage.Expansion;

/// <summary>Why a file system was not made larger.</summary>
/// <param name="Kind">What that means for another try.</param>
/// <param name="Message">Text for people.</param>
public sealed record NodeExpandError(NodeExpandErrorKind Kind, string Message);
