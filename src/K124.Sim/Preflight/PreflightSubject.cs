namespace K124.Sim.Preflight;

/// <summary>What a finding is about.</summary>
/// <param name="ApiVersion">Group and version; empty for something that is no object, such as a command line.</param>
/// <param name="Kind">Kind.</param>
/// <param name="Namespace">Namespace; empty for objects without one.</param>
/// <param name="Name">Name.</param>
public sealed record PreflightSubject(string ApiVersion, string Kind, string Namespace, string Name)
{
    /// <summary>File that it was read from; empty if it was not.</summary>
    public string File { get; init; } = "";

    /// <summary>Line in that file, from 1; 0 if there is none.</summary>
    public long Line { get; init; }

    /// <summary>Kind, namespace and name.</summary>
    /// <returns>For example <c>Pod shop/web-0</c>.</returns>
    public override string ToString() => Namespace.Length == 0 ? $"{Kind} {Name}" : $"{Kind} {Namespace}/{Name}";
}
