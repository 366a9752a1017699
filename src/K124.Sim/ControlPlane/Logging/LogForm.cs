namespace K124.Sim.ControlPlane.Logging;

/// <summary>How lines of a log are written.</summary>
public enum LogForm
{
    /// <summary>As klog writes them: a header, a message in quotes, keys and values.</summary>
    Text,

    /// <summary>One JSON document a line.</summary>
    Json,
}
