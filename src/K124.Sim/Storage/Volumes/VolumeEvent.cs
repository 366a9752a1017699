using K124.Sim.Model;

namespace K124.Sim.Storage.Volumes;

/// <summary>An event that a storage component writes on an object.</summary>
/// <param name="InvolvedKind">Kind of the object, for example <c>PersistentVolumeClaim</c>.</param>
/// <param name="InvolvedObject">Namespace and name of the object.</param>
/// <param name="Type"><c>Normal</c> or <c>Warning</c>.</param>
/// <param name="Reason">One-word cause, for example <c>FailedBinding</c>.</param>
/// <param name="Message">Text for people.</param>
public sealed record VolumeEvent(string InvolvedKind, ObjectKey InvolvedObject, string Type, string Reason, string Message)
{
    internal static VolumeEvent Normal(IApiObject item, string reason, string message) => new(item.Kind, ObjectKey.Of(item), "Normal", reason, message);

    internal static VolumeEvent Warning(IApiObject item, string reason, string message) => new(item.Kind, ObjectKey.Of(item), "Warning", reason, message);
}
