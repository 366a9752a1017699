using System.Collections.Frozen;
using System.Collections.Immutable;

namespace K124.Sim.Workloads;

/// <summary>A structure of a pod template: its members in order.</summary>
/// <param name="Name">Name with its package, for example <c>v1.Container</c>.</param>
/// <param name="Members">The members.</param>
internal sealed record PodTemplateStructure(string Name, ImmutableArray<PodTemplateMember> Members)
{
    private const char PackageSign = '~';
    private const string Package = "v1.";

    private static readonly FrozenDictionary<string, PodTemplateStructure> All = PodTemplateLayout.Text.Split('\n')
        .Select(static line => Read(line.Trim()))
        .ToFrozenDictionary(static structure => structure.Name, StringComparer.Ordinal);

    public static PodTemplateStructure? Find(string name) => All.GetValueOrDefault(name);

    private static PodTemplateStructure Read(string line)
    {
        var words = line.Split(' ');
        return new(Full(words[0]), [.. words.Skip(1).Select(ReadMember)]);
    }

    private static PodTemplateMember ReadMember(string word)
    {
        var colon = word.IndexOf(':', StringComparison.Ordinal);
        var type = Full(word[(colon + 1)..]);
        var names = word[..colon].Split('=');
        return names.Length == 1
            ? new(names[0], char.ToLowerInvariant(names[0][0]) + names[0][1..], type)
            : new(names[0], names[1], type);
    }

    private static string Full(string type) => type switch
    {
        "s" => "string",
        "*s" => "*string",
        "[]s" => "[]string",
        "b" => "bool",
        "*b" => "*bool",
        "i" => "int32",
        "*i" => "*int32",
        "l" => "int64",
        "*l" => "*int64",
        "[]l" => "[]int64",
        "m" => "map[string]string",
        _ => type.Replace(PackageSign.ToString(), Package, StringComparison.Ordinal),
    };
}

/// <summary>A member of a structure.</summary>
/// <param name="Name">Its name in the structure.</param>
/// <param name="JsonName">Its name in JSON; empty if its members are the outer structure's there.</param>
/// <param name="Type">Its type as it is printed.</param>
internal readonly record struct PodTemplateMember(string Name, string JsonName, string Type);
