namespace K124.Sim.Batch.Jobs.Syncing;

/// <summary>How the API server answered a call.</summary>
internal enum ApiVerdict
{
    Ok,
    NotFound,
    Conflict,
    Invalid,
    NamespaceTerminating,
    Failed,
}

/// <summary>Answer of the API server to a call.</summary>
internal readonly record struct ApiResult(ApiVerdict Verdict, string Message)
{
    public static ApiResult Ok => new(ApiVerdict.Ok, "");

    public bool Succeeded => Verdict == ApiVerdict.Ok;

    public ApiResult Within(string prefix) => this with { Message = prefix + Message };
}
