using K124.Sim.Kinds.Schema;

namespace K124.Sim.Kinds.Validation;

/// <summary>The server's own types, as far as messages print them by value; the head of their table tells its form.</summary>
internal static class GoStructTable
{
    public static Dictionary<string, GoMember[]> Read()
    {
        var types = new Dictionary<string, GoMember[]>(StringComparer.Ordinal);
        foreach (var line in EmbeddedText.Lines("go-types.txt"))
        {
            var parts = line.Split(" | ");
            types.Add(parts[0], [.. parts.Skip(1).Select(Member)]);
        }

        return types;
    }

    private static GoMember Member(string text)
    {
        var space = text.IndexOf(' ', StringComparison.Ordinal);
        var (name, type) = (text[..space], text[(space + 1)..]);
        var colon = name.IndexOf(':', StringComparison.Ordinal);
        return colon < 0
            ? new(name, char.ToLowerInvariant(name[0]) + name[1..], type)
            : new(name[..colon], name[(colon + 1)..], type);
    }
}
