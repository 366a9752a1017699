using System.Text.Json;
using System.Text.Json.Nodes;
using K124.Sim.Patching.Fields;
using K124.Sim.Text;

namespace K124.Sim.Patching.Typing;

/// <summary>Finds the fields in which two objects differ.</summary>
internal static class Comparer
{
    /// <summary>Compares two objects of one type.</summary>
    public static Comparison Compare(JsonObject left, JsonObject right, TypeShape type)
    {
        if (ReferenceEquals(left, right))
        {
            return Comparison.None;
        }

        var level = new Level();
        Members(left, right, type.Map!, ref level);
        return level.ToComparison();
    }

    private static void Compare(in Side left, in Side right, TypeShape type, PathElement step, ref Level level)
    {
        var below = new Level();
        var own = Change.None;
        var leftForm = left.IsThere ? ShapeOf.Choose(type, left.Value) : ShapeOf.Choose(type, right.Value);
        var rightForm = right.IsThere ? ShapeOf.Choose(type, right.Value) : leftForm;
        if (leftForm == rightForm || IsNull(left) || IsNull(right))
        {
            own = CompareAs(IsNull(left) ? rightForm : leftForm, left, right, type, ref below);
        }
        else
        {
            // A value that took another form: all that was there goes, all that is there comes.
            own = CompareAs(leftForm, left, right, type, ref below);
            var second = CompareAs(rightForm, left, right, type, ref below);
            own = own == Change.None ? second : own;
        }

        level.Add(step, own, below);
    }

    private static Change CompareAs(Form form, in Side left, in Side right, TypeShape type, ref Level below)
    {
        switch (form)
        {
            case Form.Map:
                var leftMap = left.Value as JsonObject;
                var rightMap = right.Value as JsonObject;
                if (type.Map!.IsAtomic || (IsEmpty(leftMap, type.Map) && IsEmpty(rightMap, type.Map)))
                {
                    return Leaf(left, right);
                }

                Members(leftMap, rightMap, type.Map, ref below);
                return Presence(left, right);
            case Form.List:
                var leftList = left.Value as JsonArray;
                var rightList = right.Value as JsonArray;
                if (type.List!.Relation == ListRelation.Atomic || (leftList is null or { Count: 0 } && rightList is null or { Count: 0 }))
                {
                    return Leaf(left, right);
                }

                Elements(leftList, rightList, type.List, ref below);
                return Presence(left, right);
            default:
                return Leaf(left, right);
        }
    }

    private static void Members(JsonObject? left, JsonObject? right, MapForm form, ref Level level)
    {
        if (left is not null)
        {
            foreach (var (key, value) in left)
            {
                Member(key, new(true, value), right, form, ref level);
            }
        }

        if (right is not null)
        {
            foreach (var (key, value) in right)
            {
                if (left is null || !left.ContainsKey(key))
                {
                    Added(key, left, value, form, ref level);
                }
            }
        }

        foreach (var member in form.AlwaysThere)
        {
            var name = member.Element.Name;
            var hasLeft = left is not null && !left.ContainsKey(name);
            var hasRight = right is not null && !right.ContainsKey(name);
            if ((hasLeft && right is null) || (hasRight && left is null))
            {
                var zero = new Side(true, member.Zero);
                Compare(hasLeft ? zero : default, hasLeft ? default : zero, member.Type, member.Element, ref level);
            }
        }
    }

    private static void Member(string key, in Side left, JsonObject? right, MapForm form, ref Level level)
    {
        if (form.TypeOf(key) is not { } type)
        {
            return;
        }

        JsonNode? other = null;
        var isThere = right is not null && right.TryGetPropertyValue(key, out other);
        if (isThere && ReferenceEquals(left.Value, other))
        {
            return;
        }

        Compare(left, isThere ? new(true, other) : Absent(key, right, form), type, form.StepTo(key), ref level);
    }

    private static void Added(string key, JsonObject? left, JsonNode? value, MapForm form, ref Level level)
    {
        if (form.TypeOf(key) is { } type)
        {
            Compare(Absent(key, left, form), new(true, value), type, form.StepTo(key), ref level);
        }
    }

    // A member that is always there counts with its zero wherever its object is there.
    private static Side Absent(string key, JsonObject? owner, MapForm form) =>
        owner is not null && form.TryGetMember(key, out var member) && member.IsAlwaysThere ? new(true, member.Zero) : default;

    private static bool IsEmpty(JsonObject? map, MapForm form) => map is null || (map.Count == 0 && form.AlwaysThere.Length == 0);

    private static void Elements(JsonArray? left, JsonArray? right, ListForm form, ref Level level)
    {
        var rights = Steps(right, form);
        var lefts = Steps(left, form);
        foreach (var (step, value) in lefts)
        {
            var there = TryFind(rights, step, out var other);
            Compare(new(true, value), new(there, other), form.Element, step, ref level);
        }

        foreach (var (step, value) in rights)
        {
            if (!TryFind(lefts, step, out _))
            {
                Compare(default, new(true, value), form.Element, step, ref level);
            }
        }
    }

    private static List<KeyValuePair<PathElement, JsonNode?>> Steps(JsonArray? list, ListForm form)
    {
        var result = new List<KeyValuePair<PathElement, JsonNode?>>(list?.Count ?? 0);
        if (list is null)
        {
            return result;
        }

        foreach (var element in list)
        {
            if (ListSteps.StepTo(form, element, out _) is { } step)
            {
                result.Add(new(step, element));
            }
        }

        return result;
    }

    // Lists with many elements would deserve an index; those of the API have a handful.
    private static bool TryFind(List<KeyValuePair<PathElement, JsonNode?>> steps, PathElement step, out JsonNode? value)
    {
        foreach (var (candidate, element) in steps)
        {
            if (candidate.Equals(step))
            {
                value = element;
                return true;
            }
        }

        value = null;
        return false;
    }

    private static Change Leaf(in Side left, in Side right) =>
        left.IsThere && right.IsThere && !GoJson.AreEqual(left.Value, right.Value) ? Change.Modified : Presence(left, right);

    private static Change Presence(in Side left, in Side right) =>
        !left.IsThere ? Change.Added : !right.IsThere ? Change.Removed : Change.None;

    private static bool IsNull(in Side side) => side.IsThere && (side.Value is null || side.Value.GetValueKind() == JsonValueKind.Null);

    private enum Change
    {
        None,
        Added,
        Modified,
        Removed,
    }

    private readonly record struct Side(bool IsThere, JsonNode? Value);

    /// <summary>What was found on one level of the trees.</summary>
    private struct Level
    {
        private List<FieldSetEntry>? _added;
        private List<FieldSetEntry>? _modified;
        private List<FieldSetEntry>? _removed;

        public void Add(PathElement step, Change own, in Level below)
        {
            Add(ref _added, step, own == Change.Added, below._added);
            Add(ref _modified, step, own == Change.Modified, below._modified);
            Add(ref _removed, step, own == Change.Removed, below._removed);
        }

        public readonly Comparison ToComparison() => new(Set(_added), Set(_modified), Set(_removed));

        private static void Add(ref List<FieldSetEntry>? entries, PathElement step, bool isMember, List<FieldSetEntry>? below)
        {
            if (isMember || below is not null)
            {
                (entries ??= []).Add(new(step, isMember, below is null ? null : FieldSet.Of(below)));
            }
        }

        private static FieldSet Set(List<FieldSetEntry>? entries) => entries is null ? FieldSet.Empty : FieldSet.Of(entries);
    }
}
