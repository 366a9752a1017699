using System.Text.RegularExpressions;

namespace K124.Sim.Tests.Architecture;

/// <summary>A source file of <c>src</c> as the rules of the architecture see it.</summary>
/// <param name="path">Path below <c>src</c>, with forward slashes.</param>
/// <param name="text">Its text.</param>
internal sealed partial class SourceFile(string path, string text)
{
    private const string Library = "K124.Sim";

    private readonly string _code = Aside().Replace(text, static match => match.Value.StartsWith('/') ? " " : "\"\"");

    public string Path { get; } = path;

    /// <summary>The namespace that it declares; empty if none.</summary>
    public string Namespace => NamespaceLine().Match(_code).Groups[1].Value;

    /// <summary>Types that stand in the namespace itself.</summary>
    public IEnumerable<string> Types => TopType().Matches(_code).Select(static match => match.Groups[1].Value);

    /// <summary>The namespace that its folder asks for.</summary>
    public string NamespaceOfFolder => string.Join('.', Path.Split('/')[..^1]);

    /// <summary>Everything of K124.Sim that it names: namespaces in usings, and namespaces before the names of types.</summary>
    /// <param name="typesByNamespace">All types of <c>src</c>: what tells a namespace from a property of the same name.</param>
    public IEnumerable<string> NamespacesUsed(ILookup<string, string> typesByNamespace) =>
        Usings(typesByNamespace).Concat(QualifiedNames(typesByNamespace)).Distinct(StringComparer.Ordinal);

    private IEnumerable<string> Usings(ILookup<string, string> typesByNamespace) =>
        from match in UsingLine().Matches(_code)
        let name = match.Groups[1].Value
        where name == Library || name.StartsWith(Library + ".", StringComparison.Ordinal)
        select typesByNamespace.Contains(name) ? name : LongestNamespace(name.Split('.'), typesByNamespace) ?? name;

    private IEnumerable<string> QualifiedNames(ILookup<string, string> typesByNamespace)
    {
        var scopes = Scopes(Namespace).ToArray();
        foreach (var chain in Chain().Matches(_code).Select(static match => match.Value.Split('.')))
        {
            if (string.Join('.', chain).StartsWith(Library + ".", StringComparison.Ordinal))
            {
                if (LongestNamespace(chain, typesByNamespace) is { } named)
                {
                    yield return named;
                }

                continue;
            }

            // A name that begins in the middle is looked for in the namespaces around the file, as the compiler does.
            foreach (var scope in scopes)
            {
                if (LongestNamespace([.. scope.Split('.'), .. chain], typesByNamespace) is { } found && found.Length > scope.Length)
                {
                    yield return found;
                    break;
                }
            }
        }
    }

    private static IEnumerable<string> Scopes(string ns)
    {
        for (var scope = ns; scope.StartsWith(Library, StringComparison.Ordinal); scope = scope[..Math.Max(0, scope.LastIndexOf('.'))])
        {
            yield return scope;
        }
    }

    /// <summary>The namespace in front of the first type that a chain of names reaches.</summary>
    private static string? LongestNamespace(string[] chain, ILookup<string, string> typesByNamespace)
    {
        for (var length = chain.Length - 1; length > 0; length--)
        {
            var ns = string.Join('.', chain[..length]);
            if (typesByNamespace.Contains(ns) && typesByNamespace[ns].Contains(chain[length]))
            {
                return ns;
            }
        }

        return null;
    }

    // Comments, and texts in quotes: neither names anything.
    [GeneratedRegex("""//[^\n]*|/\*.*?\*/|"{3,}.*?"{3,}|@"(?:[^"]|"")*"|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])+'""", RegexOptions.Singleline)]
    private static partial Regex Aside();

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex NamespaceLine();

    [GeneratedRegex(@"^(?:global )?using (?:static |\w+ = )?([\w.]+)(?:<.*>)?;", RegexOptions.Multiline)]
    private static partial Regex UsingLine();

    [GeneratedRegex(@"^(?:(?:public|internal|sealed|static|abstract|partial|readonly|ref|unsafe) )+(?:class|struct|interface|enum|delegate [\w<>?\[\], .]+|record(?: struct| class)?) (\w+)", RegexOptions.Multiline)]
    private static partial Regex TopType();

    [GeneratedRegex(@"(?<![\w.])[A-Z]\w*(?:\.[A-Z]\w*)+")]
    private static partial Regex Chain();
}
