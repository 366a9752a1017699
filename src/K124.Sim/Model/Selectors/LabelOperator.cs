namespace K124.Sim.Model.Selectors;

internal enum LabelOperator
{
    In,
    NotIn,
    Exists,
    DoesNotExist,
    Gt,
    Lt,
}

internal static class LabelOperators
{
    /// <summary>Operators of node selectors.</summary>
    public static LabelOperator? ForNodes(string text) => text switch
    {
        "Gt" => LabelOperator.Gt,
        "Lt" => LabelOperator.Lt,
        _ => ForLabels(text),
    };

    /// <summary>Operators of label selectors.</summary>
    public static LabelOperator? ForLabels(string text) => text switch
    {
        "In" => LabelOperator.In,
        "NotIn" => LabelOperator.NotIn,
        "Exists" => LabelOperator.Exists,
        "DoesNotExist" => LabelOperator.DoesNotExist,
        _ => null,
    };
}
