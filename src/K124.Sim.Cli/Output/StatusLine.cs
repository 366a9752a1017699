namespace K124.Sim.Cli.Output;

/// <summary>One line on standard error that says how far a command has come; nothing unless that is a terminal.</summary>
internal sealed class StatusLine(Terminal terminal) : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private long _shownAt = terminal.Clock.GetTimestamp();
    private int _length;

    /// <summary>A listener that shows what it is told.</summary>
    /// <param name="describe">What to show.</param>
    public IProgress<T> Progress<T>(Func<T, string> describe) => new Listener<T>(this, describe);

    public void Show(Func<string> describe)
    {
        if (!terminal.ErrorIsTerminal || terminal.Clock.GetElapsedTime(_shownAt) < Interval)
        {
            return;
        }

        _shownAt = terminal.Clock.GetTimestamp();
        var text = describe();
        terminal.Error.Write($"\r{text.PadRight(_length)}");
        _length = text.Length;
    }

    /// <summary>Takes the line away.</summary>
    public void Dispose()
    {
        if (_length > 0)
        {
            terminal.Error.Write($"\r{new string(' ', _length)}\r");
            _length = 0;
        }
    }

    private sealed class Listener<T>(StatusLine line, Func<T, string> describe) : IProgress<T>
    {
        public void Report(T value) => line.Show(() => describe(value));
    }
}
