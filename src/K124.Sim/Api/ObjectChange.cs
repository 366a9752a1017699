using K124.Sim.Model;

namespace K124.Sim.Api;

/// <summary>One change of an object, as a watch delivers it.</summary>
/// <param name="Type">What happened.</param>
/// <param name="Kind">Kind of the object.</param>
/// <param name="Object">The object after the change; for a deletion as it last stood.</param>
/// <param name="Old">The object before the change; null when it is new.</param>
/// <param name="Revision">Revision of the store at which it happened.</param>
public readonly record struct ObjectChange(ChangeType Type, ApiKind Kind, IApiObject Object, IApiObject? Old, long Revision);

/// <summary>What happened to an object.</summary>
public enum ChangeType
{
    /// <summary>It is new.</summary>
    Added,

    /// <summary>It was changed.</summary>
    Modified,

    /// <summary>It is gone.</summary>
    Deleted,
}
