using System.Collections.Immutable;
using K124.Sim.Model;

namespace K124.Sim.Networking.Internal;

/// <summary>Collects what a repair pass does.</summary>
internal sealed class RepairJournal
{
    private readonly ImmutableArray<RepairEvent>.Builder _events = ImmutableArray.CreateBuilder<RepairEvent>();
    private readonly ImmutableArray<string>.Builder _logged = ImmutableArray.CreateBuilder<string>();

    public string Error { get; private set; } = "";

    public bool IsConflict { get; private set; }

    public int WriteAttempts { get; set; }

    public RepairResult ToResult() => new()
    {
        Error = Error,
        Events = _events.ToImmutable(),
        Logged = _logged.ToImmutable(),
        WriteAttempts = WriteAttempts,
    };

    public void StartAttempt()
    {
        Error = "";
        IsConflict = false;
    }

    public void Fail(string error, bool isConflict = false)
    {
        Error = error;
        IsConflict = isConflict;
    }

    public void Log(string message) => _logged.Add(message);

    /// <summary>Records an event and logs the like. The log names the Service before its namespace, as 1.24 does.</summary>
    public void Report(Service service, string reason, string eventSubject, string logSubject, string problem, string advice)
    {
        var key = ObjectKey.Of(service);
        Log($"{logSubject} for service {key.Name}/{key.Namespace} {problem}{(advice.Length == 0 ? "" : "; please recreate")}");
        _events.Add(new(key, reason, $"{eventSubject} {problem}{advice}"));
    }
}
