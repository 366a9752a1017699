using System.Text.Json.Nodes;
using K124.Sim.Patching.Fields;

namespace K124.Sim.Patching.Typing;

/// <summary>Brings field sets in line with types.</summary>
internal static class SetShapes
{
    /// <summary>The set together with every declared member that leads to one of its members. Free keys and elements of lists are
    /// not added: they exist of their own.</summary>
    public static FieldSet WithNamedFields(FieldSet set, TypeShape? type)
    {
        if (set.IsEmpty)
        {
            return set;
        }

        var entries = new List<FieldSetEntry>(set.Entries.Length);
        foreach (var entry in set.Entries)
        {
            if (entry.Children is not { } children)
            {
                entries.Add(entry);
                continue;
            }

            var isNamed = entry.Element.Kind == PathElementKind.Field && type?.Map is { } map && map.TryGetMember(entry.Element.Name, out _);
            entries.Add(new(entry.Element, entry.IsMember || isNamed, WithNamedFields(children, TypeUnder(type, entry.Element))));
        }

        return FieldSet.Of(entries);
    }

    /// <summary>The set as it reads under a type that may have changed since: what lies below something that is owned as one now is
    /// replaced by that thing.</summary>
    /// <param name="set">The set.</param>
    /// <param name="value">The object; where it has nothing, nothing changes.</param>
    /// <param name="type">Its type.</param>
    public static FieldSet Reconciled(FieldSet set, JsonNode? value, TypeShape type)
    {
        if (set.IsEmpty || type.IsDeduced || value is null)
        {
            return set;
        }

        List<FieldSetEntry>? entries = null;
        for (var i = 0; i < set.Entries.Length; i++)
        {
            var entry = set.Entries[i];
            if (entry.Children is not { } children || TypeUnder(type, entry.Element) is not { } inner)
            {
                continue;
            }

            var member = ValueUnder(value, entry.Element, type);
            if (IsAtomic(inner, member))
            {
                entries ??= [.. set.Entries];
                entries[i] = new(entry.Element, true, null);
                continue;
            }

            var reconciled = Reconciled(children, member, inner);
            if (!ReferenceEquals(reconciled, children))
            {
                entries ??= [.. set.Entries];
                entries[i] = new(entry.Element, entry.IsMember, reconciled);
            }
        }

        return entries is null ? set : FieldSet.Of(entries);
    }

    private static bool IsAtomic(TypeShape type, JsonNode? value) => ShapeOf.Choose(type, value) switch
    {
        Form.Map => type.Map!.IsAtomic,
        Form.List => type.List!.Relation == ListRelation.Atomic,
        _ => false,
    };

    private static TypeShape? TypeUnder(TypeShape? type, PathElement step) => step.Kind switch
    {
        PathElementKind.Field => type?.Map?.TypeOf(step.Name),
        PathElementKind.Key => type?.List?.Element,
        _ => null,
    };

    private static JsonNode? ValueUnder(JsonNode? value, PathElement step, TypeShape type) => (step.Kind, value) switch
    {
        (PathElementKind.Field, JsonObject map) => map[step.Name],
        (PathElementKind.Key, JsonArray list) when type.List is { Relation: ListRelation.Map } form =>
            list.FirstOrDefault(e => step.Equals(ListSteps.StepTo(form, e, out _))),
        _ => null,
    };
}
