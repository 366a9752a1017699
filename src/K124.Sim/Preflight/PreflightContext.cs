using System.Collections.Immutable;
using K124.Sim.Networking;
using K124.Sim.Platform;

namespace K124.Sim.Preflight;

/// <summary>What the rules look at, and what several of them ask of it.</summary>
internal sealed class PreflightContext
{
    private readonly HashSet<string> _uids;
    private readonly ILookup<string, PreflightItem> _byKind;

    public PreflightContext(PreflightInput input)
    {
        Input = input;
        Items =
        [
            .. input.Items.OrderBy(static item => item.Kind, StringComparer.Ordinal)
                .ThenBy(static item => item.Namespace, StringComparer.Ordinal)
                .ThenBy(static item => item.Name, StringComparer.Ordinal)
                .ThenBy(static item => item.File, StringComparer.Ordinal)
                .ThenBy(static item => item.Line),
        ];
        _byKind = Items.ToLookup(static item => item.Kind, StringComparer.Ordinal);
        _uids = [.. Items.Select(static item => item.Root["metadata"]["uid"].Text).Where(static uid => uid.Length > 0)];
        Components = [.. Items.Where(item => !IsMade(item)).SelectMany(ComponentLine.Of)];
        Served = ServedBy(Components);
        ServiceCidrs = [.. CidrsOf(input, Components).Distinct()];
    }

    public PreflightInput Input { get; }

    /// <summary>The objects, in an order that does not depend on that of the input.</summary>
    public ImmutableArray<PreflightItem> Items { get; }

    /// <summary>The components of the control plane that the objects show.</summary>
    public ImmutableArray<ComponentLine> Components { get; }

    /// <summary>What the API server of the cluster serves once it is of 1.24, its own switches counted.</summary>
    public ServedApis Served { get; }

    /// <summary>The ranges of service IPs, as far as they are known.</summary>
    public ImmutableArray<ServiceCidr> ServiceCidrs { get; }

    /// <summary>The objects of a kind, whatever their version.</summary>
    public IEnumerable<PreflightItem> OfKind(string kind) => _byKind[kind];

    /// <summary>Whether a controller made it whose object is here, too. A node is no maker: it owns the images of its static pods.</summary>
    public bool IsMade(PreflightItem item) => item.Root["metadata"]["ownerReferences"].Items()
        .Any(owner => owner["controller"].IsTrue && owner["kind"].Text != "Node" && _uids.Contains(owner["uid"].Text));

    private static ServedApis ServedBy(ImmutableArray<ComponentLine> components)
    {
        var flags = components.Where(static line => line.Component == ComponentLine.ApiServer)
            .SelectMany(static line => line.Flags).Where(static flag => flag.Name == "runtime-config").Select(static flag => flag.Value).ToArray();
        var (switches, errors) = RuntimeConfig.Parse(flags).Merge();
        return flags.Length == 0 || !errors.IsEmpty ? ServedApis.Default : new(switches);
    }

    private static IEnumerable<ServiceCidr> CidrsOf(PreflightInput input, ImmutableArray<ComponentLine> components)
    {
        var flags = components.Where(static line => line.Component == ComponentLine.ApiServer)
            .Select(static line => line.Find("service-cluster-ip-range")?.Value).OfType<string>();
        foreach (var text in input.ServiceCidrs.Concat(flags).SelectMany(static value => value.Split(',')))
        {
            if (ServiceCidr.TryParse(text.Trim(), out var cidr))
            {
                yield return cidr;
            }
        }
    }
}
