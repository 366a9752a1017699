namespace K124.Sim.Planning.Bounds;

/// <summary>What the check of a <see cref="Certificate"/> found.</summary>
/// <param name="IsValid">Whether the proof holds.</param>
/// <param name="Reason">What is wrong with it; empty if it holds.</param>
public readonly record struct CertificateCheck(bool IsValid, string Reason);
