namespace K124.Sim.Planning;

/// <summary>Pods that a plan does not come to, because a controller holds them back or the API server refuses them.</summary>
/// <param name="Source">What they would come from, for example <c>Deployment shop/web</c>.</param>
/// <param name="Pods">How many.</param>
/// <param name="Reason">Why, in the words of 1.24 where it has any.</param>
public sealed record PodsNotCreated(string Source, int Pods, string Reason);
