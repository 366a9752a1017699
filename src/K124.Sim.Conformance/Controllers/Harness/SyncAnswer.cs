using System.Text.Json.Nodes;
using K124.Sim.Api;

namespace K124.Sim.Conformance.Controllers.Harness;

/// <summary>What came of a sync.</summary>
internal sealed class SyncAnswer
{
    public List<JsonObject> Writes { get; } = [];

    public List<ApiEvent> Events { get; } = [];

    public List<JsonObject> Queue { get; } = [];

    public string? Error { get; init; }

    public TimeSpan? RequeueAfter { get; init; }

    /// <summary>Further members of the recorded answer that are compared whole.</summary>
    public JsonObject Others { get; } = [];
}

/// <summary>How a controller's recordings are compared.</summary>
internal sealed record SyncRules
{
    /// <summary>Members of the recorded answer that the recordings leave out.</summary>
    public bool HasEvents { get; init; } = true;

    /// <summary>How writes of no order are sorted.</summary>
    public WriteOrder Order { get; init; } = WriteOrder.Runs;

    /// <summary>Name of the member that says when the key is looked at again.</summary>
    public string RequeueMember { get; init; } = "requeueAfterSeconds";
}

/// <summary>Which writes have no order.</summary>
internal enum WriteOrder
{
    /// <summary>Neighbouring writes of one verb and resource, for some resources.</summary>
    Runs,

    /// <summary>All.</summary>
    All,

    /// <summary>Those between two writes of namespaces.</summary>
    BetweenNamespaces,
}
