using System.Text;

namespace K124.Sim.Patching.Apply;

/// <summary>Who owns fields: a manager with an operation, a subresource and, for plain writes, the version written in.</summary>
/// <param name="Name">Name of the manager.</param>
/// <param name="IsApply">Whether it applies; otherwise it writes.</param>
/// <param name="ApiVersion">Version; empty for one that applies, which keeps its identity across versions.</param>
/// <param name="Subresource">Subresource written through; or empty.</param>
internal readonly record struct ManagerId(string Name, bool IsApply, string ApiVersion, string Subresource)
{
    /// <summary>Makes the identity of a request.</summary>
    public static ManagerId Of(string name, bool isApply, string apiVersion, string subresource) =>
        new(name.Length == 0 ? "unknown" : name, isApply, isApply ? "" : apiVersion, subresource);

    /// <summary>The identity as the server orders it: its members as JSON.</summary>
    public string SortKey()
    {
        var text = new StringBuilder("{\"manager\":");
        K124.Sim.Text.GoJsonWriter.AppendString(text, Name);
        text.Append(",\"operation\":\"").Append(IsApply ? "Apply" : "Update").Append('"');
        Append(text, ",\"apiVersion\":", ApiVersion);
        Append(text, ",\"subresource\":", Subresource);
        return text.Append('}').ToString();
    }

    private static void Append(StringBuilder text, string member, string value)
    {
        if (value.Length > 0)
        {
            text.Append(member);
            K124.Sim.Text.GoJsonWriter.AppendString(text, value);
        }
    }
}
