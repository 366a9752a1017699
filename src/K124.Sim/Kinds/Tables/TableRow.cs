using System.Text.Json.Nodes;

namespace K124.Sim.Kinds.Tables;

/// <summary>One object of a table.</summary>
/// <param name="Object">The object.</param>
/// <param name="Cells">One cell a column.</param>
/// <param name="Condition">What a client may show about the row as a whole; null for most.</param>
internal sealed record TableRow(JsonObject Object, TableCell[] Cells, TableRowCondition? Condition = null);

/// <summary>A remark about a whole row.</summary>
/// <param name="Type">Which remark.</param>
/// <param name="Reason">Reason in one word.</param>
/// <param name="Message">Reason in words.</param>
internal sealed record TableRowCondition(string Type, string Reason, string Message)
{
    /// <summary>Whether the remark holds: it is only made if it does.</summary>
    public static string Status => "True";
}
