using System.Collections.Immutable;

namespace K124.Sim.Kinds.Tables;

/// <summary>One column of a table.</summary>
/// <param name="Name">Heading.</param>
/// <param name="Type">Type as in OpenAPI: <c>string</c>, <c>integer</c>, <c>number</c>, <c>boolean</c> or <c>date</c>.</param>
/// <param name="Format">Format as in OpenAPI; <c>name</c> marks the identity of the row.</param>
/// <param name="Priority">0 is always shown; higher ones only in wide output.</param>
internal sealed record TableColumn(string Name, string Type = "string", string Format = "", int Priority = 0)
{
    private const string WideMark = "*";

    /// <summary>Columns from short notes: <c>Name:type</c>, the type left out for strings, a final <c>*</c> for wide output only.</summary>
    public static ImmutableArray<TableColumn> List(params ReadOnlySpan<string> notes)
    {
        var columns = ImmutableArray.CreateBuilder<TableColumn>(notes.Length);
        foreach (var note in notes)
        {
            columns.Add(Read(note));
        }

        return columns.MoveToImmutable();
    }

    private static TableColumn Read(string note)
    {
        var wide = note.EndsWith(WideMark, StringComparison.Ordinal);
        var parts = (wide ? note[..^1] : note).Split(':');
        return new(parts[0], parts.Length > 1 ? parts[1] : "string", FormatOf(parts[0]), wide ? 1 : 0);
    }

    private static string FormatOf(string name) => name is "Name" or "Attacher" ? "name" : "";
}
