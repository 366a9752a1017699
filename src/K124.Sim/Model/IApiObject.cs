namespace K124.Sim.Model;

/// <summary>An object of the Kubernetes API: it has a version, a kind and metadata.</summary>
public interface IApiObject
{
    /// <summary>API group and version, for example <c>apps/v1</c>.</summary>
    string ApiVersion { get; }

    /// <summary>Kind, for example <c>Pod</c>.</summary>
    string Kind { get; }

    /// <summary>Identity and bookkeeping.</summary>
    ObjectMeta Metadata { get; }
}
