namespace K124.Sim.Preflight.Rules;

/// <summary>Pods of runtime classes, whose overhead counts everywhere.</summary>
internal sealed record RuntimeClassRule() : PreflightRule("runtime-classes", "Runtime classes with overhead, and pods of classes that are missing", PreflightSeverity.Block)
{
    public override IEnumerable<PreflightFinding> Check(PreflightContext context)
    {
        PreflightItem[] classes = [.. context.OfKind("RuntimeClass")];
        foreach (var item in context.Items.Where(item => !context.IsMade(item)))
        {
            if (PodSpecs.Of(item) is not { } spec)
            {
                continue;
            }

            var name = spec["runtimeClassName"];
            if (name.Text.Length > 0 && classes.Length > 0 && !classes.Any(known => known.Name == name.Text))
            {
                yield return Warn(item, name.Path, $"there is no RuntimeClass {name.Text}: new pods are refused", "make the class, or name another");
            }

            if (item.IsManifest && spec["overhead"] is { Exists: true } overhead && (name.Text.Length == 0 || HasNone(classes, name.Text)))
            {
                yield return Block(item, overhead.Path, "overhead comes from a runtime class alone: a pod that brings its own is refused", "take it out, or name a runtime class with that overhead");
            }
        }
    }

    private static bool HasNone(PreflightItem[] classes, string name) =>
        Array.Find(classes, known => known.Name == name) is { } known && !known.Root["overhead"]["podFixed"].Exists;
}
