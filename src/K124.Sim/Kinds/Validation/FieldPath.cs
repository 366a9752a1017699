using System.Globalization;

namespace K124.Sim.Kinds.Validation;

/// <summary>Where a value stands in an object; its text is made only when an error needs it.</summary>
internal sealed class FieldPath
{
    private readonly FieldPath? _parent;
    private readonly string _part;
    private readonly int _index;

    private FieldPath(FieldPath? parent, string part, int index)
    {
        _parent = parent;
        _part = part;
        _index = index;
    }

    /// <summary>A path that is written out.</summary>
    /// <param name="path">The path.</param>
    public static implicit operator FieldPath(string path) => Of(path);

    /// <summary>A member of the object itself.</summary>
    /// <param name="member">Its name; it may be a path.</param>
    /// <returns>The path.</returns>
    public static FieldPath Of(string member) => new(null, member, -1);

    /// <summary>A member of what stands here.</summary>
    /// <param name="member">Its name.</param>
    /// <returns>The path.</returns>
    public FieldPath Child(string member) => new(this, "." + member, -1);

    /// <summary>A member of a member of what stands here.</summary>
    /// <param name="first">The first name.</param>
    /// <param name="second">The second.</param>
    /// <returns>The path.</returns>
    public FieldPath Child(string first, string second) => Child(first).Child(second);

    /// <summary>An element of the list that stands here.</summary>
    /// <param name="index">Its place.</param>
    /// <returns>The path.</returns>
    public FieldPath Index(int index) => new(this, "", index);

    /// <summary>The value of a key of the map that stands here.</summary>
    /// <param name="key">The key.</param>
    /// <returns>The path.</returns>
    public FieldPath Key(string key) => new(this, $"[{key}]", -1);

    /// <inheritdoc/>
    public override string ToString() =>
        string.Concat(_parent?.ToString(), _index >= 0 ? string.Create(CultureInfo.InvariantCulture, $"[{_index}]") : _part);
}
