namespace K124.Sim.Manifests;

/// <summary>Objects that were read over because the library does not model their kind.</summary>
/// <param name="ApiVersion">API version, for example <c>apiextensions.k8s.io/v1</c>.</param>
/// <param name="Kind">Kind, for example <c>CustomResourceDefinition</c>.</param>
/// <param name="Count">Number of objects.</param>
public sealed record UnknownKind(string ApiVersion, string Kind, long Count);
