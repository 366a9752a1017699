namespace K124.Sim.Patching.Fields;

/// <content>Union, intersection and difference.</content>
internal sealed partial class FieldSet
{
    /// <summary>The members of both sets together.</summary>
    public FieldSet Union(FieldSet other)
    {
        if (IsEmpty || ReferenceEquals(this, other))
        {
            return other;
        }

        if (other.IsEmpty)
        {
            return this;
        }

        var result = new List<FieldSetEntry>(_entries.Length + other._entries.Length);
        var (i, j) = (0, 0);
        while (i < _entries.Length && j < other._entries.Length)
        {
            var (a, b) = (_entries[i], other._entries[j]);
            var order = a.Element.CompareTo(b.Element);
            if (order == 0)
            {
                result.Add(new(a.Element, a.IsMember || b.IsMember, Union(a.Children, b.Children)));
                i++;
                j++;
            }
            else if (order < 0)
            {
                result.Add(a);
                i++;
            }
            else
            {
                result.Add(b);
                j++;
            }
        }

        result.AddRange(_entries.AsSpan(i));
        result.AddRange(other._entries.AsSpan(j));
        return new([.. result]);
    }

    /// <summary>The members that are in both sets.</summary>
    public FieldSet Intersection(FieldSet other)
    {
        if (IsEmpty || other.IsEmpty)
        {
            return Empty;
        }

        var result = new List<FieldSetEntry>();
        foreach (var entry in _entries)
        {
            if (other.Find(entry.Element) is var at && at >= 0)
            {
                var match = other._entries[at];
                var children = entry.Children is { } left && match.Children is { } right ? left.Intersection(right) : null;
                result.Add(new(entry.Element, entry.IsMember && match.IsMember, NullIfEmpty(children)));
            }
        }

        return Of(result);
    }

    /// <summary>The members that are not in the other set.</summary>
    public FieldSet Difference(FieldSet other) => Without(other, recursively: false);

    /// <summary>The members that are neither in the other set nor below one of its members.</summary>
    public FieldSet RecursiveDifference(FieldSet other) => Without(other, recursively: true);

    private static FieldSet? Union(FieldSet? left, FieldSet? right) => left is null ? right : right is null ? left : left.Union(right);

    private static FieldSet? NullIfEmpty(FieldSet? set) => set is null || set.IsEmpty ? null : set;

    private FieldSet Without(FieldSet other, bool recursively)
    {
        if (IsEmpty || other.IsEmpty)
        {
            return this;
        }

        var result = new List<FieldSetEntry>(_entries.Length);
        var changed = false;
        foreach (var entry in _entries)
        {
            var at = other.Find(entry.Element);
            if (at < 0)
            {
                result.Add(entry);
                continue;
            }

            var gone = other._entries[at];
            if (recursively && gone.IsMember)
            {
                changed = true;
                continue;
            }

            var children = entry.Children is { } left && gone.Children is { } right ? left.Without(right, recursively) : entry.Children;
            var rest = new FieldSetEntry(entry.Element, entry.IsMember && !gone.IsMember, NullIfEmpty(children));
            changed |= rest.IsMember != entry.IsMember || !ReferenceEquals(rest.Children, entry.Children);
            result.Add(rest);
        }

        return changed ? Of(result) : this;
    }
}
