using K124.Sim.Kinds;
using K124.Sim.Text;

namespace K124.Sim.ControlPlane.Serving;

/// <summary>What somebody wants to do, as rules of access see it.</summary>
/// <param name="Verb">Verb.</param>
/// <param name="Group">Group of the resource.</param>
/// <param name="Resource">Plural; empty if it is about a path.</param>
/// <param name="Subresource">Subresource.</param>
/// <param name="Namespace">Namespace; empty for all of them.</param>
/// <param name="Name">Name; empty for all of them.</param>
/// <param name="Path">Path, if it is about one.</param>
internal sealed record AccessAttributes(
    string Verb, string Group = "", string Resource = "", string Subresource = "", string Namespace = "", string Name = "", string Path = "")
{
    public bool IsResource => Resource.Length > 0;

    /// <summary>Resource and subresource.</summary>
    public string FullResource => Subresource.Length == 0 ? Resource : $"{Resource}/{Subresource}";

    public static AccessAttributes Of(RequestTarget target) => target.IsResource
        ? new(target.Verb, target.Group, target.Resource, target.Subresource, NamespaceOf(target), target.Name)
        : new(target.Verb, Path: target.Path);

    public static AccessAttributes Impersonating(string group, string resource, string name) => new("impersonate", group, resource, Name: name);

    /// <summary>What the refused user is told.</summary>
    public static string Why(UserInfo user, AccessAttributes attributes)
    {
        var where = attributes.Namespace.Length > 0 ? $"in the namespace {GoText.Quote(attributes.Namespace)}" : "at the cluster scope";
        return $"User {GoText.Quote(user.Name)} cannot {attributes.Verb} resource {GoText.Quote(attributes.FullResource)} in API group {GoText.Quote(attributes.Group)} {where}";
    }

    // A namespace is in itself, for rules of access.
    private static string NamespaceOf(RequestTarget target) =>
        target is { Group: "", Resource: "namespaces" } && target.Name.Length > 0 ? target.Name : target.Namespace;
}
