using System.Text.Json.Nodes;

namespace K124.Sim.Kinds.Pods;

/// <summary>What the rules of containers know of their pod.</summary>
/// <param name="Volumes">Volumes without errors, by name.</param>
/// <param name="AllowsPrivileged">Whether the server allows privileged containers.</param>
internal sealed record PodScope(Dictionary<string, JsonObject> Volumes, bool AllowsPrivileged);
