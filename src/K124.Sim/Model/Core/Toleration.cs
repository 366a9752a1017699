namespace K124.Sim.Model;

/// <summary>Lets a pod onto nodes with a matching taint.</summary>
public sealed partial record Toleration
{
    /// <summary>Taint key; empty matches every key.</summary>
    public string Key { get; init => field = value ?? ""; } = "";

    /// <summary><c>Exists</c> or <c>Equal</c> (also when empty).</summary>
    public string Operator { get; init => field = value ?? ""; } = "";

    /// <summary>Taint value for <c>Equal</c>.</summary>
    public string Value { get; init => field = value ?? ""; } = "";

    /// <summary>Taint effect; empty matches every effect.</summary>
    public string Effect { get; init => field = value ?? ""; } = "";

    /// <summary>Seconds a NoExecute taint is tolerated; null for ever.</summary>
    public long? TolerationSeconds { get; init; }
}
