using System.Collections.Immutable;
using System.Text;

namespace K124.Sim.Patching.Fields;

/// <summary>A set of paths into an object, as a tree: each step may itself be a member and may lead to further members.</summary>
internal sealed partial class FieldSet : IEquatable<FieldSet>
{
    private readonly FieldSetEntry[] _entries;

    private FieldSet(FieldSetEntry[] entries) => _entries = entries;

    /// <summary>The set without members.</summary>
    public static FieldSet Empty { get; } = new([]);

    /// <summary>Whether there is no member.</summary>
    public bool IsEmpty => _entries.Length == 0;

    /// <summary>The steps of the first level, in order.</summary>
    public ReadOnlySpan<FieldSetEntry> Entries => _entries;

    /// <summary>Makes a set of steps in any order, each at most once.</summary>
    /// <param name="entries">The steps; those that are no member and lead nowhere are left out.</param>
    public static FieldSet Of(List<FieldSetEntry> entries)
    {
        entries.RemoveAll(static e => e.IsVoid);
        if (entries.Count == 0)
        {
            return Empty;
        }

        var array = entries.ToArray();
        if (!IsSorted(array))
        {
            Array.Sort(array, static (a, b) => a.Element.CompareTo(b.Element));
        }

        return new(array);
    }

    /// <summary>A set of one path.</summary>
    public static FieldSet OfPath(params ReadOnlySpan<PathElement> path)
    {
        if (path.IsEmpty)
        {
            return Empty;
        }

        return new([path.Length == 1 ? new(path[0], true, null) : new(path[0], false, OfPath(path[1..]))]);
    }

    /// <summary>A set of one path of members of objects.</summary>
    public static FieldSet OfFields(params ReadOnlySpan<string> names)
    {
        var path = new PathElement[names.Length];
        for (var i = 0; i < names.Length; i++)
        {
            path[i] = PathElement.Field(names[i]);
        }

        return OfPath(path);
    }

    /// <summary>What leads on from a step; empty if nothing does.</summary>
    public FieldSet Under(PathElement element) => Find(element) is var at && at >= 0 ? _entries[at].Children ?? Empty : Empty;

    /// <summary>Whether a step of the first level is a member.</summary>
    public bool Contains(PathElement element) => Find(element) is var at && at >= 0 && _entries[at].IsMember;

    /// <summary>Whether a path is a member.</summary>
    public bool ContainsPath(ReadOnlySpan<PathElement> path) =>
        path.Length == 1 ? Contains(path[0]) : path.Length > 1 && Under(path[0]).ContainsPath(path[1..]);

    /// <summary>All paths: on each level the members first, then what they lead to.</summary>
    public ImmutableArray<FieldPath> Paths()
    {
        var result = ImmutableArray.CreateBuilder<FieldPath>();
        AppendPaths(result, FieldPath.Root);
        return result.ToImmutable();
    }

    /// <inheritdoc/>
    public bool Equals(FieldSet? other)
    {
        if (ReferenceEquals(this, other))
        {
            return true;
        }

        if (other is null || _entries.Length != other._entries.Length)
        {
            return false;
        }

        for (var i = 0; i < _entries.Length; i++)
        {
            var (a, b) = (_entries[i], other._entries[i]);
            if (a.IsMember != b.IsMember || !a.Element.Equals(b.Element) || !(a.Children ?? Empty).Equals(b.Children ?? Empty))
            {
                return false;
            }
        }

        return true;
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as FieldSet);

    /// <inheritdoc/>
    public override int GetHashCode() => _entries.Length == 0 ? 0 : HashCode.Combine(_entries.Length, _entries[0].Element);

    /// <inheritdoc/>
    public override string ToString() => new StringBuilder().AppendJoin(", ", Paths()).ToString();

    private static bool IsSorted(FieldSetEntry[] entries)
    {
        for (var i = 1; i < entries.Length; i++)
        {
            if (entries[i - 1].Element.CompareTo(entries[i].Element) > 0)
            {
                return false;
            }
        }

        return true;
    }

    private int Find(PathElement element)
    {
        var low = 0;
        var high = _entries.Length - 1;
        while (low <= high)
        {
            var middle = (low + high) >> 1;
            var order = _entries[middle].Element.CompareTo(element);
            if (order == 0)
            {
                return middle;
            }

            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }

        return -1;
    }

    private void AppendPaths(ImmutableArray<FieldPath>.Builder paths, FieldPath prefix)
    {
        foreach (var entry in _entries)
        {
            if (entry.IsMember)
            {
                paths.Add(prefix.Then(entry.Element));
            }
        }

        foreach (var entry in _entries)
        {
            entry.Children?.AppendPaths(paths, prefix.Then(entry.Element));
        }
    }
}
