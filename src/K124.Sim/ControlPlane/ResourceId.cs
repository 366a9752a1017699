namespace K124.Sim.ControlPlane;

/// <summary>What the API server stores objects under: a resource of a group, whatever the version it is served in.</summary>
/// <param name="Group">API group; empty for the core group.</param>
/// <param name="Plural">Name of the resource, for example <c>pods</c>.</param>
internal readonly record struct ResourceId(string Group, string Plural)
{
    /// <summary><c>plural.group</c>, or the plural alone in the core group, as messages of the API server write it.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Group.Length == 0 ? Plural : $"{Plural}.{Group}";
}
