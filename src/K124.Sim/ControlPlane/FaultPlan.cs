using System.Collections.Immutable;

namespace K124.Sim.ControlPlane;

/// <summary>What goes wrong between clients and an API server, by chance but the same in every run.</summary>
public sealed record FaultPlan
{
    /// <summary>Seed of the chance.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>What may go wrong. Every rule that is about a request draws for itself; of several answers the first counts.</summary>
    public ImmutableArray<FaultRule> Rules { get; init => field = value.IsDefault ? [] : value; } = [];
}

/// <summary>One thing that may go wrong.</summary>
/// <param name="Kind">What happens.</param>
public sealed record FaultRule(FaultKind Kind)
{
    /// <summary>How likely it is for a request that the rule is about, from 0 to 1.</summary>
    public double Probability { get; init; } = 1;

    /// <summary>Verbs of the API that the rule is about: <c>get</c>, <c>list</c>, <c>watch</c>, <c>create</c>, <c>update</c>, <c>patch</c>, <c>delete</c>.</summary>
    /// <value>All by default.</value>
    public ImmutableArray<string> Verbs { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Plural of the resource that the rule is about.</summary>
    /// <value>Empty for all, by default.</value>
    public string Resource { get; init; } = "";

    /// <summary>How often it happens at most.</summary>
    /// <value>Without an end by default.</value>
    public int AtMost { get; init; } = int.MaxValue;

    /// <summary>How much of the cluster's time passes before the request is handled; for <see cref="FaultKind.Latency"/>.</summary>
    public TimeSpan Delay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>After how many seconds the client is told to come back; for <see cref="FaultKind.TooManyRequests"/>.</summary>
    public int RetryAfterSeconds { get; init; } = 1;

    /// <summary>How many events a watch delivers at most before it is dropped; for <see cref="FaultKind.DroppedWatch"/>.</summary>
    public int MostEvents { get; init; } = 3;

    /// <summary>Whether the request is carried out and only its answer is lost; for <see cref="FaultKind.InternalError"/>.</summary>
    public bool IsCarriedOut { get; init; }
}

/// <summary>What can go wrong.</summary>
public enum FaultKind
{
    /// <summary>Time passes before the request is handled.</summary>
    Latency,

    /// <summary>An update or a patch is refused with 409, as if somebody had been faster.</summary>
    Conflict,

    /// <summary>The request is refused with 429.</summary>
    TooManyRequests,

    /// <summary>The request is answered with 500, as if the store had not answered in time.</summary>
    InternalError,

    /// <summary>A watch ends after some events, without a word.</summary>
    DroppedWatch,

    /// <summary>Everything older than now is forgotten: who goes on from an older version gets 410.</summary>
    Compaction,

    /// <summary>Bookmarks of a watch come twice.</summary>
    DuplicateBookmark,
}
