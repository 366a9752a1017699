namespace K124.Sim.Scheduling.ExtensionPoints;

/// <summary>Why a plugin rejects a pod or a node.</summary>
/// <param name="Reason">What the message says of it, for example <c>node(s) didn't have the license</c>.</param>
/// <param name="IsResolvable">Whether evicting pods might help: if not, preemption leaves the node out.</param>
public sealed record PluginVerdict(string Reason, bool IsResolvable = true);
