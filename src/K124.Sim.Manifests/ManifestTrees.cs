using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace K124.Sim.Manifests;

/// <summary>An object of any kind as it was written, and where.</summary>
/// <param name="Content">The object.</param>
/// <param name="File">Path of the file, <c>-</c> for standard input.</param>
/// <param name="Line">Line in the decompressed text, from 1.</param>
public sealed record ManifestTree(JsonObject Content, string File, long Line);

/// <summary>Objects of any kind, in their order, and what could not be read.</summary>
/// <param name="Trees">The objects.</param>
/// <param name="Errors">What could not be read.</param>
public sealed record ManifestTrees(ImmutableArray<ManifestTree> Trees, ImmutableArray<ManifestError> Errors);
