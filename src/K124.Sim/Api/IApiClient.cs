namespace K124.Sim.Api;

/// <summary>A component's connection to the API server: live reads, versioned writes, reports. Decorators add faults, latency or a record.</summary>
public interface IApiClient : IObjectReader
{
    /// <summary>The present.</summary>
    DateTimeOffset Now { get; }

    /// <summary>Sends one write.</summary>
    /// <param name="write">What to do.</param>
    /// <returns>The object as it stands after the write, or the server's refusal.</returns>
    ApiResult<Model.IApiObject> Write(ApiWrite write);

    /// <summary>Reports what happened to an object.</summary>
    /// <param name="report">The report.</param>
    void Record(ApiEvent report);
}
