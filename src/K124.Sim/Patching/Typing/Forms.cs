using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using K124.Sim.Patching.Fields;

namespace K124.Sim.Patching.Typing;

/// <summary>What scalar a type takes.</summary>
internal enum ScalarForm
{
    /// <summary>None.</summary>
    None,

    /// <summary>A number.</summary>
    Numeric,

    /// <summary>A string.</summary>
    String,

    /// <summary>A boolean.</summary>
    Boolean,

    /// <summary>Any scalar.</summary>
    Untyped,
}

/// <summary>How the elements of a list are told apart.</summary>
internal enum ListRelation
{
    /// <summary>They are not; the list is owned as one.</summary>
    Atomic,

    /// <summary>By their value.</summary>
    Set,

    /// <summary>By some of their members.</summary>
    Map,
}

/// <summary>Form of a list.</summary>
/// <param name="relation">How elements are told apart.</param>
/// <param name="element">Gives the type of the elements.</param>
/// <param name="keys">Members that identify an element.</param>
internal sealed class ListForm(ListRelation relation, Func<TypeShape> element, params string[] keys)
{
    /// <summary>How elements are told apart.</summary>
    public ListRelation Relation { get; } = relation;

    /// <summary>Members that identify an element of a list of relation <see cref="ListRelation.Map"/>.</summary>
    public IReadOnlyList<string> Keys { get; } = keys;

    /// <summary>Type of the elements.</summary>
    public TypeShape Element => element();
}

/// <summary>Form of an object: known members, free keys, or both.</summary>
internal sealed class MapForm
{
    private readonly Dictionary<string, MemberForm> _members;

    /// <summary>Makes a form.</summary>
    /// <param name="members">The known members.</param>
    /// <param name="element">Type of the values of other keys; null if there may be none.</param>
    /// <param name="isAtomic">Whether the object is owned as one.</param>
    public MapForm(IEnumerable<MemberForm> members, TypeShape? element, bool isAtomic)
    {
        _members = members.ToDictionary(static m => m.Element.Name, StringComparer.Ordinal);
        Element = element;
        IsAtomic = isAtomic;
        AlwaysThere = [.. _members.Values.Where(static m => m.IsAlwaysThere)];
    }

    /// <summary>Members that every object has, be it with their zero, whether or not they are written out.</summary>
    public MemberForm[] AlwaysThere { get; }

    /// <summary>Type of the values of other keys; null if there may be none.</summary>
    public TypeShape? Element { get; }

    /// <summary>Whether the object is owned as one.</summary>
    public bool IsAtomic { get; }

    /// <summary>Finds a known member.</summary>
    public bool TryGetMember(string name, [NotNullWhen(true)] out MemberForm? member) => _members.TryGetValue(name, out member);

    /// <summary>Type of the value of a key; null if the key is not declared.</summary>
    public TypeShape? TypeOf(string name) => _members.TryGetValue(name, out var member) ? member.Type : Element;

    /// <summary>The step to a key.</summary>
    public PathElement StepTo(string name) => _members.TryGetValue(name, out var member) ? member.Element : PathElement.Field(name);
}

/// <summary>A known member of an object.</summary>
/// <param name="element">The step to it.</param>
/// <param name="type">Gives its type.</param>
/// <param name="keyDefault">What it counts as where it identifies an element and is absent; null if it must be there.</param>
/// <param name="isAlwaysThere">Whether every object has it.</param>
/// <param name="zero">What it is where it is not written out.</param>
internal sealed class MemberForm(PathElement element, Func<TypeShape> type, JsonNode? keyDefault = null, bool isAlwaysThere = false, JsonNode? zero = null)
{
    /// <summary>Whether every object has it, be it with its zero.</summary>
    public bool IsAlwaysThere { get; } = isAlwaysThere;

    /// <summary>What it is where it is not written out.</summary>
    public JsonNode? Zero { get; } = zero;

    /// <summary>The step to it.</summary>
    public PathElement Element { get; } = element;

    /// <summary>What it counts as where it identifies an element and is absent; null if it must be there.</summary>
    public JsonNode? KeyDefault { get; } = keyDefault;

    /// <summary>Its type.</summary>
    public TypeShape Type => type();
}
