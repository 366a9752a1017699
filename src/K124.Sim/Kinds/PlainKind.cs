namespace K124.Sim.Kinds;

/// <summary>A built-in kind without rules of its own.</summary>
/// <param name="resource">Its resource.</param>
internal sealed class PlainKind(ResourceType resource) : KindStrategy
{
    /// <inheritdoc/>
    public override string Group => resource.Group;

    /// <inheritdoc/>
    public override string Kind => resource.Kind;

    /// <inheritdoc/>
    public override bool IsNamespaced => resource.IsNamespaced;

    /// <inheritdoc/>
    public override bool HasStatus => resource.HasSubresource("status");
}
