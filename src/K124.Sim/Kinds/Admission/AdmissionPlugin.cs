using K124.Sim.Api;

namespace K124.Sim.Kinds.Admission;

/// <summary>A plugin that sees every write: it may change the object, and refuse it.</summary>
internal abstract class AdmissionPlugin
{
    /// <summary>Name, as the server's flags spell it.</summary>
    public abstract string Name { get; }

    /// <summary>Changes the object before it is validated.</summary>
    /// <param name="request">The request.</param>
    /// <returns>Why the request is refused; null if it is not.</returns>
    public virtual ApiStatus? Mutate(AdmissionRequest request) => null;

    /// <summary>Judges the object after it was validated.</summary>
    /// <param name="request">The request.</param>
    /// <returns>Why the request is refused; null if it is not.</returns>
    public virtual ApiStatus? Validate(AdmissionRequest request) => null;
}
