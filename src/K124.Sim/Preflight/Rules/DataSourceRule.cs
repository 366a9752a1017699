namespace K124.Sim.Preflight.Rules;

/// <summary>Claims that are to be filled from something.</summary>
internal sealed record DataSourceRule() : ItemRule("volume-populators", "Claims whose data source is dropped, refused or waits for a populator", PreflightSeverity.Block)
{
    protected override IEnumerable<PreflightFinding> Check(PreflightItem item, PreflightContext context)
    {
        if (!item.Is("", "PersistentVolumeClaim") || !item.IsManifest)
        {
            yield break;
        }

        var (source, reference) = (item.Root["spec"]["dataSource"], item.Root["spec"]["dataSourceRef"]);
        if (source.Exists && !reference.Exists && !IsBuiltIn(source))
        {
            yield return Warn(item, source.Path, $"a data source of kind {source["kind"].Text} is dropped without a word: the volume is empty", "name it in dataSourceRef");
        }
        else if (reference.Exists && reference["apiGroup"].Text.Length == 0 && reference["kind"].Text != "PersistentVolumeClaim")
        {
            yield return Block(item, reference.Path, "of the core group only a PersistentVolumeClaim can be a data source: the claim is refused", "correct apiGroup or kind");
        }
        else if (source.Exists && reference.Exists && !Same(source, reference))
        {
            yield return Block(item, "spec", "dataSource must match dataSourceRef: the claim is refused", "leave dataSource out");
        }
        else if (reference.Exists && !IsBuiltIn(reference))
        {
            yield return Tell(item, reference.Path, $"AnyVolumeDataSource is beta and on: the claim waits until a populator fills it from {reference["kind"].Text}", "see that a populator for the kind is installed");
        }
    }

    private static bool IsBuiltIn(TreeField source) => (source["apiGroup"].Text, source["kind"].Text) is ("", "PersistentVolumeClaim") or ("snapshot.storage.k8s.io", "VolumeSnapshot");

    private static bool Same(TreeField left, TreeField right) => left["apiGroup"].Text == right["apiGroup"].Text && left["kind"].Text == right["kind"].Text && left["name"].Text == right["name"].Text;
}
