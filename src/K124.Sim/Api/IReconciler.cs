using System.Collections.Immutable;
using K124.Sim.Model;

namespace K124.Sim.Api;

/// <summary>What every controller of the controller manager is: it is told of changes, files keys, and brings one key at a time into order.</summary>
public interface IReconciler
{
    /// <summary>Name, for example <c>replicaset-controller</c>.</summary>
    string Name { get; }

    /// <summary>Kinds whose changes it is told.</summary>
    ImmutableArray<ApiKind> Watches { get; }

    /// <summary>Takes note of a change and files the keys that it concerns.</summary>
    /// <param name="change">The change.</param>
    /// <param name="cache">Objects as the watches have told them, this change included.</param>
    /// <param name="queue">Queue of keys.</param>
    void Observe(in ObjectChange change, IObjectReader cache, IWorkQueue queue);

    /// <summary>Brings one key into order.</summary>
    /// <param name="key">The key.</param>
    /// <param name="cache">Objects as the watches have told them.</param>
    /// <param name="api">Connection to the API server.</param>
    /// <param name="queue">Queue of keys, for those that must be looked at again.</param>
    /// <returns>Whether it is done, failed, or must be looked at again.</returns>
    Reconciliation Reconcile(ObjectKey key, IObjectReader cache, IApiClient api, IWorkQueue queue);

    /// <summary>An independent copy; what neither side changes is shared.</summary>
    /// <returns>The copy.</returns>
    IReconciler Fork();
}

/// <summary>A controller's queue of keys: each is in it once, and never worked on twice at a time.</summary>
public interface IWorkQueue
{
    /// <summary>The present.</summary>
    DateTimeOffset Now { get; }

    /// <summary>Files a key at once.</summary>
    /// <param name="key">The key.</param>
    void Add(ObjectKey key);

    /// <summary>Files a key after a delay.</summary>
    /// <param name="key">The key.</param>
    /// <param name="delay">The delay; none or less files it at once.</param>
    void AddAfter(ObjectKey key, TimeSpan delay);

    /// <summary>Files a key after its back-off: 5 ms, doubled with each failure, at most 1000 s.</summary>
    /// <param name="key">The key.</param>
    void AddRateLimited(ObjectKey key);

    /// <summary>Forgets a key's failures.</summary>
    /// <param name="key">The key.</param>
    void Forget(ObjectKey key);
}

/// <summary>How a reconciliation ended.</summary>
/// <param name="Error">The error's text; null if there was none. A key that failed is filed again after its back-off.</param>
/// <param name="RequeueAfter">When to look at the key again; null if only after a change.</param>
public readonly record struct Reconciliation(string? Error = null, TimeSpan? RequeueAfter = null)
{
    /// <summary>Nothing is left to do.</summary>
    public static Reconciliation Done => default;

    /// <summary>Whether a failed key is forgotten instead of filed again.</summary>
    public bool IsFinal { get; init; }

    /// <summary>Whether the next look at the key is routine: waiting for such looks alone, a cluster is quiet.</summary>
    public bool IsRoutine { get; init; }

    /// <summary>Whether there was no error.</summary>
    public bool Succeeded => Error is null;
}
