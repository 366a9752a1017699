using System.Collections.Immutable;

namespace K124.Sim.Nodes.Readiness;

/// <summary>A network configuration of a node.</summary>
/// <param name="CniVersion">The version it declares; null if it declares none.</param>
/// <param name="IsSupported">Whether every plugin in it knows that version.</param>
internal readonly record struct CniConfig(string? CniVersion, bool IsSupported);

/// <summary>What is known about the network plugins of a node.</summary>
/// <param name="Configs">Its configurations.</param>
/// <param name="LoopbackVersion">Version of its loopback plugin; null if it is not known.</param>
internal sealed record CniFacts(ImmutableArray<CniConfig> Configs, string? LoopbackVersion = null);
