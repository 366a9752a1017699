namespace K124.Sim.Networking;

/// <summary>One reason why the API server rejected a Service.</summary>
/// <param name="Field">Path of the field, for example <c>spec.clusterIPs[0]</c>; empty if no field is to blame.</param>
/// <param name="Reason">Kind of problem, for example <c>FieldValueInvalid</c>.</param>
/// <param name="Message">Text without the path.</param>
public sealed record ServiceErrorCause(string Field, string Reason, string Message);
