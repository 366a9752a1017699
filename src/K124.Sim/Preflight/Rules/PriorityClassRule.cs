namespace K124.Sim.Preflight.Rules;

/// <summary>PriorityClasses that 1.24 refuses, more than one default, and pods of a class that is not there.</summary>
internal sealed record PriorityClassRule() : PreflightRule("priority-classes", "PriorityClasses that are refused, ambiguous or missing", PreflightSeverity.Block)
{
    private const string Kind = "PriorityClass";
    private const string SystemPrefix = "system-";
    private const long HighestOfUsers = 1_000_000_000;

    private static readonly string[] OfSystem = ["system-node-critical", "system-cluster-critical"];

    public override IEnumerable<PreflightFinding> Check(PreflightContext context)
    {
        PreflightItem[] classes = [.. context.OfKind(Kind)];
        var defaults = classes.Where(static item => item.Root["globalDefault"].IsTrue).DistinctBy(static item => item.Name, StringComparer.Ordinal).ToArray();
        return classes.SelectMany(Refused)
            .Concat(defaults.Length < 2 ? [] : defaults.Select(item => Warn(
                item, "globalDefault", "of several default classes 1.24 takes the one of the lowest value for pods that name none", "leave one default")))
            .Concat(Missing(classes, context));
    }

    private IEnumerable<PreflightFinding> Refused(PreflightItem item)
    {
        var isOfSystem = item.Name.StartsWith(SystemPrefix, StringComparison.Ordinal);
        if (item.IsManifest && isOfSystem && !OfSystem.Contains(item.Name))
        {
            yield return Block(item, "metadata.name", $"names that begin with {SystemPrefix} are the system's own: the class is refused", "choose another name");
        }
        else if (item.IsManifest && !isOfSystem && item.Root["value"].Number > HighestOfUsers)
        {
            yield return Block(item, "value", "values above 1000000000 are the system's own: the class is refused", "choose a lower value");
        }
    }

    private IEnumerable<PreflightFinding> Missing(PreflightItem[] classes, PreflightContext context)
    {
        var known = classes.Select(static item => item.Name).Concat(OfSystem).ToHashSet(StringComparer.Ordinal);
        return classes.Length == 0
            ? []
            : from item in context.Items
              where !context.IsMade(item)
              let field = PodSpecs.Of(item)?["priorityClassName"]
              where field is { Text.Length: > 0 } && !known.Contains(field.Text)
              select Warn(item, field.Path, $"there is no PriorityClass {field.Text}: new pods are refused with \"no PriorityClass with name {field.Text} was found\"", "make the class, or name another");
    }
}
