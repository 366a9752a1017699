using K124.Sim.Model;

namespace K124.Sim.Networking;

/// <summary>Outcome of a request on a Service: the object, or why it was rejected.</summary>
/// <param name="Service">The object as the API server returns it; the removed one after a delete; null if the request was rejected.</param>
/// <param name="Error">Why it was rejected; null if it was not.</param>
public sealed record ServiceResult(Service? Service, ServiceError? Error)
{
    /// <summary>Whether the request was served.</summary>
    public bool Succeeded => Error is null;
}
