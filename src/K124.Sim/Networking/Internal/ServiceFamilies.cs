using System.Collections.Immutable;
using K124.Sim.Kinds.Validation;
using K124.Sim.Model;
using K124.Sim.Text;

namespace K124.Sim.Networking.Internal;

/// <summary>Works out the IP families and the family policy of a Service.</summary>
/// <remarks>Kubernetes 1.24 pkg/registry/core/service/storage. <paramref name="configured"/> lists the cluster's families, the
/// default one first.</remarks>
internal sealed class ServiceFamilies(ImmutableArray<string> configured)
{
    public string Default => configured[0];

    private bool IsDualStack => configured.Length == 2;

    /// <summary>Gives the spec with families and policy set, or notes why it cannot be.</summary>
    public ServiceSpec Resolve(ServiceSpec spec, ServiceSpec? old, FieldErrors errors)
    {
        if (spec.Type == ServiceSpecs.ExternalName || (old is not null && KeepsPreference(spec, old)))
        {
            return spec;
        }

        spec = spec with { IPFamilyPolicy = spec.IPFamilyPolicy ?? old?.IPFamilyPolicy ?? DefaultPolicy(spec) };
        ServiceValidation.CheckAddresses(spec, errors);
        if (errors.Count > 0)
        {
            return spec;
        }

        if (old is not null)
        {
            spec = Shrink(spec, old, errors);
        }

        spec = InferFromAddresses(spec, errors);
        if (errors.Count > 0)
        {
            return spec;
        }

        // Without a selector the cluster hands nothing out and routes nothing: any families will do, even unconfigured ones.
        if (spec.IsHeadless() && !spec.HasSelector())
        {
            return AddMissing(spec, mayAddSecond: true);
        }

        CheckConfigured(spec, errors);
        return errors.Count > 0 ? spec : AddMissing(spec, IsDualStack);
    }

    // A cluster that turned dual-stack, or back, does not change the Services that only prefer it.
    private static bool KeepsPreference(ServiceSpec spec, ServiceSpec old) =>
        spec.Type == old.Type
        && spec.NeedsClusterIP()
        && spec.IPFamilyPolicy == ServiceSpecs.PreferDualStack
        && old.IPFamilyPolicy is null or ServiceSpecs.PreferDualStack
        && ServiceSpecs.Same(spec.ClusterIPs, old.ClusterIPs)
        && ServiceSpecs.Same(spec.IPFamilies, old.IPFamilies);

    private static string DefaultPolicy(ServiceSpec spec) =>
        spec.IsHeadless() && !spec.HasSelector() ? ServiceSpecs.RequireDualStack : ServiceSpecs.SingleStack;

    private static ServiceSpec Shrink(ServiceSpec spec, ServiceSpec old, FieldErrors errors)
    {
        if (spec.IPFamilyPolicy == ServiceSpecs.SingleStack)
        {
            return spec with
            {
                ClusterIPs = spec.ClusterIPs.Length > 1 && ServiceSpecs.Same(spec.ClusterIPs, old.ClusterIPs) ? [spec.ClusterIPs[0]] : spec.ClusterIPs,
                IPFamilies = spec.IPFamilies.Length > 1 && ServiceSpecs.Same(spec.IPFamilies, old.IPFamilies) ? [spec.IPFamilies[0]] : spec.IPFamilies,
            };
        }

        if (!spec.ClusterIPs.IsEmpty && spec.ClusterIPs.Length < old.ClusterIPs.Length)
        {
            InvalidPolicy(spec, errors, "must be 'SingleStack' to release the secondary cluster IP");
        }

        if (!spec.IPFamilies.IsEmpty && spec.IPFamilies.Length < old.IPFamilies.Length)
        {
            InvalidPolicy(spec, errors, "must be 'SingleStack' to release the secondary IP family");
        }

        return spec;
    }

    private static void InvalidPolicy(ServiceSpec spec, FieldErrors errors, string detail) =>
        errors.Invalid("spec.ipFamilyPolicy", spec.IPFamilyPolicy!, detail);

    private ServiceSpec InferFromAddresses(ServiceSpec spec, FieldErrors errors)
    {
        if (spec.IPFamilyPolicy == ServiceSpecs.SingleStack)
        {
            if (spec.ClusterIPs.Length == 2)
            {
                InvalidPolicy(spec, errors, "must be 'RequireDualStack' or 'PreferDualStack' when multiple cluster IPs are specified");
            }

            if (spec.IPFamilies.Length == 2)
            {
                InvalidPolicy(spec, errors, "must be 'RequireDualStack' or 'PreferDualStack' when multiple IP families are specified");
            }
        }

        var families = spec.IPFamilies;
        for (var i = 0; i < spec.ClusterIPs.Length && spec.ClusterIPs[i] != ServiceSpecs.None; i++)
        {
            if (i < families.Length)
            {
                continue;
            }

            var family = ServiceSpecs.FamilyOf(spec.ClusterIPs[i]);
            if (configured.Contains(family))
            {
                families = families.Add(family);
            }
            else
            {
                errors.InvalidPrinted($"spec.clusterIPs[{i}]", GoText.Strings(spec.ClusterIPs), $"{family} is not configured on this cluster");
            }
        }

        return spec with { IPFamilies = families };
    }

    private void CheckConfigured(ServiceSpec spec, FieldErrors errors)
    {
        if (spec.IPFamilyPolicy == ServiceSpecs.RequireDualStack && !IsDualStack)
        {
            InvalidPolicy(spec, errors, "this cluster is not configured for dual-stack services");
        }

        for (var i = 0; i < spec.IPFamilies.Length; i++)
        {
            if (!configured.Contains(spec.IPFamilies[i]))
            {
                errors.Invalid($"spec.ipFamilies[{i}]", spec.IPFamilies[i], "not configured on this cluster");
            }
        }
    }

    private ServiceSpec AddMissing(ServiceSpec spec, bool mayAddSecond)
    {
        var families = spec.IPFamilies.IsEmpty ? [Default] : spec.IPFamilies;
        if (mayAddSecond && families.Length == 1 && spec.IPFamilyPolicy != ServiceSpecs.SingleStack)
        {
            families = families.Add(ServiceSpecs.OtherFamily(families[0]));
        }

        return spec with { IPFamilies = families };
    }
}
