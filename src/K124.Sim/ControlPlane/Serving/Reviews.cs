using K124.Sim.Kinds;

namespace K124.Sim.ControlPlane.Serving;

/// <summary>Resources that are questions: they are answered, not stored.</summary>
internal static class Reviews
{
    public static bool IsReview(ResourceType type) => type.Group is "authorization.k8s.io" or "authentication.k8s.io";
}
