using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace K124.Sim.Kinds.Schema;

/// <summary>A type of the API: its members, in the order in which they are written.</summary>
internal sealed class SchemaType
{
    private readonly Dictionary<string, SchemaField> _byName = new(StringComparer.Ordinal);

    internal SchemaType(string name)
    {
        Name = name;
        var last = name.LastIndexOf('.');
        var before = last > 0 ? name.LastIndexOf('.', last - 1) : -1;
        GoName = name[(before + 1)..];
    }

    /// <summary>Name of the definition without its leading <c>io.k8s.</c>, for example <c>api.core.v1.Pod</c>.</summary>
    public string Name { get; }

    /// <summary>Name as the server's messages write it, for example <c>v1.Pod</c>.</summary>
    public string GoName { get; }

    /// <summary>Name without the package, for example <c>Pod</c>.</summary>
    public string ShortName => GoName[(GoName.IndexOf('.', StringComparison.Ordinal) + 1)..];

    /// <summary><c>group/version/kind</c> if the type belongs to one kind; otherwise empty.</summary>
    public string GroupVersionKind { get; internal set; } = "";

    /// <summary>Whether the whole object is owned as one.</summary>
    public bool IsAtomic { get; internal set; }

    /// <summary>The members.</summary>
    public ImmutableArray<SchemaField> Fields { get; private set; } = [];

    /// <summary>Unions of members, each with its discriminator (or empty) and what member stands for which of its values.</summary>
    public ImmutableArray<SchemaUnion> Unions { get; internal set; } = [];

    /// <summary>Whether some member is written even where the object lacks it.</summary>
    public bool WritesAbsentMembers { get; private set; }

    /// <summary>Finds a member.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="field">The member.</param>
    /// <returns>False if there is none of that name.</returns>
    public bool TryGetField(string name, [NotNullWhen(true)] out SchemaField? field) => _byName.TryGetValue(name, out field);

    /// <summary>A member that is known to be there.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The member.</returns>
    public SchemaField Field(string name) => _byName[name];

    internal void SetFields(ImmutableArray<SchemaField> fields)
    {
        Fields = fields;
        foreach (var field in fields)
        {
            _byName.Add(field.Name, field);
            WritesAbsentMembers |= field.IsAlwaysWritten
                || (!field.IsPointer && field.Shape.Kind is SchemaKind.Struct or SchemaKind.Time or SchemaKind.MicroTime or SchemaKind.Quantity or SchemaKind.IntOrString);
        }
    }
}

/// <summary>Members of which one is meant.</summary>
/// <param name="Discriminator">Member that tells which; or empty.</param>
/// <param name="Values">Member to value of the discriminator.</param>
internal sealed record SchemaUnion(string Discriminator, ImmutableArray<KeyValuePair<string, string>> Values);
