namespace K124.Sim.Patching.Fields;

/// <summary>A step in a <see cref="FieldSet"/>.</summary>
/// <param name="Element">The step.</param>
/// <param name="IsMember">Whether the path up to here is a member.</param>
/// <param name="Children">What leads on; null if nothing does.</param>
internal readonly record struct FieldSetEntry(PathElement Element, bool IsMember, FieldSet? Children)
{
    /// <summary>Whether the step means nothing.</summary>
    public bool IsVoid => !IsMember && (Children is null || Children.IsEmpty);
}
