using K124.Sim.Patching.Fields;

namespace K124.Sim.Patching.Typing;

/// <summary>How two objects of one type differ.</summary>
/// <param name="Added">Fields that only the second has.</param>
/// <param name="Modified">Fields whose values differ.</param>
/// <param name="Removed">Fields that only the first has.</param>
internal readonly record struct Comparison(FieldSet Added, FieldSet Modified, FieldSet Removed)
{
    /// <summary>No difference.</summary>
    public static Comparison None { get; } = new(FieldSet.Empty, FieldSet.Empty, FieldSet.Empty);

    /// <summary>Whether there is no difference.</summary>
    public bool IsSame => Added.IsEmpty && Modified.IsEmpty && Removed.IsEmpty;

    /// <summary>The differences outside some fields.</summary>
    public Comparison Excluding(FieldSet fields) => fields.IsEmpty
        ? this
        : new(Added.RecursiveDifference(fields), Modified.RecursiveDifference(fields), Removed.RecursiveDifference(fields));
}
