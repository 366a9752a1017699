using K124.Sim.Api;

namespace K124.Sim.Kinds.Admission;

/// <summary>Gives ingresses without a class the default one.</summary>
internal sealed class DefaultIngressClass : AdmissionPlugin
{
    private const string Group = "networking.k8s.io";

    /// <inheritdoc/>
    public override string Name => "DefaultIngressClass";

    /// <inheritdoc/>
    public override ApiStatus? Mutate(AdmissionRequest request)
    {
        if (request.Operation != AdmissionOperation.Create || !request.IsFor(Group, "ingresses") || request.Object is not { } ingress
            || ingress.Object("spec").Has("ingressClassName") || ingress.Object("metadata", "annotations").Has("kubernetes.io/ingress.class"))
        {
            return null;
        }

        var names = DefaultClasses.Find(request.Context.Objects, Group, "ingressclasses", "ingressclass.kubernetes.io/is-default-class");
        if (names.Count > 1)
        {
            return request.Forbidden($"Internal error occurred: {names.Count} default IngressClasses were found, only 1 allowed");
        }

        if (names.Count == 1)
        {
            ingress.Ensure("spec")["ingressClassName"] = names[0];
        }

        return null;
    }
}
