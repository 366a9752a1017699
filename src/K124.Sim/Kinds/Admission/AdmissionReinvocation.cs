using System.Text.Json.Nodes;

namespace K124.Sim.Kinds.Admission;

/// <summary>What of admission is done a second time: once a webhook has changed the object, all plugins are, and those webhooks that
/// want to be and have seen the object before a change.</summary>
internal sealed class AdmissionReinvocation
{
    private readonly HashSet<string> _called = new(StringComparer.Ordinal);
    private readonly HashSet<string> _due = new(StringComparer.Ordinal);
    private JsonNode? _lastSeen;
    private bool _isNeeded;

    /// <summary>Whether this is the second time.</summary>
    public bool IsSecond { get; private set; }

    /// <summary>Begins the second time, if there is to be one.</summary>
    /// <returns>Whether there is.</returns>
    public bool Begin() => IsSecond = _isNeeded;

    /// <summary>Begins the calls of webhooks: what other plugins have changed since the last calls counts as a change, too.</summary>
    public void BeginCalls(JsonObject? item)
    {
        if (IsSecond && !JsonNode.DeepEquals(item, _lastSeen))
        {
            MakeCalledDue();
        }
    }

    /// <summary>Ends the calls of webhooks.</summary>
    public void EndCalls(JsonObject? item) => _lastSeen = item?.DeepClone();

    /// <summary>Whether a webhook is to be called this time.</summary>
    public bool IsDue(string webhook) => !IsSecond || _due.Contains(webhook);

    /// <summary>Takes note that a webhook changed the object.</summary>
    public void Changed()
    {
        MakeCalledDue();
        _isNeeded = true;
    }

    /// <summary>Takes note of a call of a webhook that is to see later changes.</summary>
    public void Called(string webhook) => _called.Add(webhook);

    private void MakeCalledDue()
    {
        _due.UnionWith(_called);
        _called.Clear();
    }
}
