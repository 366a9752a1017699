using K124.Sim.Platform;
using K124.Sim.Storage.Migration;

namespace K124.Sim.Preflight.Rules;

/// <summary>Volumes of in-tree plugins that 1.24 hands to CSI drivers, and whether nodes have these drivers.</summary>
internal sealed record InTreeVolumeRule() : PreflightRule("in-tree-volumes", "In-tree volumes whose CSI driver is missing", PreflightSeverity.Block)
{
    private static readonly (string Member, string Plugin)[] Sources =
    [
        ("awsElasticBlockStore", InTreePluginNames.AWSEBS),
        ("gcePersistentDisk", InTreePluginNames.GCEPD),
        ("azureDisk", InTreePluginNames.AzureDisk),
        ("azureFile", InTreePluginNames.AzureFile),
        ("cinder", InTreePluginNames.Cinder),
        ("vsphereVolume", InTreePluginNames.Vsphere),
        ("portworxVolume", InTreePluginNames.Portworx),
        ("rbd", InTreePluginNames.RBD),
    ];

    public override IEnumerable<PreflightFinding> Check(PreflightContext context)
    {
        var migration = new CSIMigration(ClusterProfile.Of(GatesOf(context)));
        var drivers = context.OfKind("CSINode").SelectMany(static node => node.Root["spec"]["drivers"].Items()).Select(static driver => driver["name"].Text)
            .ToHashSet(StringComparer.Ordinal);
        var knowsNodes = context.OfKind("CSINode").Any();
        return from item in context.Items
               where !context.IsMade(item)
               from use in UsesOf(item)
               where migration.IsEnabledForPlugin(use.Plugin)
               let driver = InTreePlugins.Named(use.Plugin)!.DriverName
               where !drivers.Contains(driver)
               select Judge(item, use.Field, use.Plugin, driver, knowsNodes);
    }

    private PreflightFinding Judge(PreflightItem item, TreeField field, string plugin, string driver, bool knowsNodes)
    {
        var remedy = $"install the driver {driver} before the upgrade";
        return knowsNodes
            ? Block(item, field.Path, $"{plugin} is migrated: 1.24 hands its volumes to {driver}, which no CSINode lists, and they are neither made nor attached", remedy)
            : Warn(item, field.Path, $"{plugin} is migrated: 1.24 hands its volumes to {driver}; whether nodes have it cannot be told, since no CSINode is in the input", remedy);
    }

    private static IEnumerable<(TreeField Field, string Plugin)> UsesOf(PreflightItem item)
    {
        if (item.Is("storage.k8s.io", "StorageClass"))
        {
            var provisioner = item.Root["provisioner"];
            return Sources.Where(source => source.Plugin == provisioner.Text).Select(source => (provisioner, source.Plugin));
        }

        var holders = item.Kind == "PersistentVolume" ? [item.Root["spec"]] : PodSpecs.Of(item)?["volumes"].Items() ?? [];
        return from holder in holders
               from source in Sources
               let field = holder[source.Member]
               where field.Exists
               select (field, source.Plugin);
    }

    private static FeatureGates GatesOf(PreflightContext context)
    {
        var flag = context.Components.Where(static line => line.Component == ComponentLine.ControllerManager).Select(static line => line.Find("feature-gates")).FirstOrDefault();
        return (flag is null ? null : FeatureGates.Default.Set(flag.Value).Gates) ?? FeatureGates.Default;
    }
}
