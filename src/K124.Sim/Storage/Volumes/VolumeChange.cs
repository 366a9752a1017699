using K124.Sim.Model;

namespace K124.Sim.Storage.Volumes;

/// <summary>One write of a controller to the API.</summary>
/// <param name="Kind">How the object changes.</param>
/// <param name="Object">The object as it is written; as it was, if it goes.</param>
public sealed record VolumeChange(VolumeChangeKind Kind, IApiObject Object);
