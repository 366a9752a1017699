using K124.Sim.Model;

namespace K124.Sim.Api;

/// <summary>A report on what happened to an object, as a component's recorder sends it.</summary>
/// <param name="Regarding">The object.</param>
/// <param name="Type"><c>Normal</c> or <c>Warning</c>.</param>
/// <param name="Reason">One-word cause, for example <c>SuccessfulCreate</c>.</param>
/// <param name="Message">Text for people.</param>
/// <param name="Source">Component that reports, for example <c>replicaset-controller</c>.</param>
public sealed record ApiEvent(ObjectReference Regarding, string Type, string Reason, string Message, string Source)
{
    /// <summary>A report of type <c>Normal</c>.</summary>
    /// <param name="item">The object.</param>
    /// <param name="reason">One-word cause.</param>
    /// <param name="message">Text for people.</param>
    /// <param name="source">Component that reports.</param>
    /// <returns>The report.</returns>
    public static ApiEvent Normal(IApiObject item, string reason, string message, string source) =>
        new(ReferenceTo(item), "Normal", reason, message, source);

    /// <summary>A report of type <c>Warning</c>.</summary>
    /// <param name="item">The object.</param>
    /// <param name="reason">One-word cause.</param>
    /// <param name="message">Text for people.</param>
    /// <param name="source">Component that reports.</param>
    /// <returns>The report.</returns>
    public static ApiEvent Warning(IApiObject item, string reason, string message, string source) =>
        new(ReferenceTo(item), "Warning", reason, message, source);

    private static ObjectReference ReferenceTo(IApiObject item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return new()
        {
            ApiVersion = item.ApiVersion,
            Kind = item.Kind,
            Namespace = item.Metadata.Namespace,
            Name = item.Metadata.Name,
            Uid = item.Metadata.Uid,
            ResourceVersion = item.Metadata.ResourceVersion,
        };
    }
}
