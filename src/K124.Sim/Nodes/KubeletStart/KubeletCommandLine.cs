using System.Collections.Immutable;
using K124.Sim.Text;

namespace K124.Sim.Nodes.KubeletStart;

/// <summary>A kubelet's command line as it is read.</summary>
internal sealed class KubeletCommandLine
{
    private readonly SortedDictionary<string, (KubeletSetting Setting, object Value)> _values = new(StringComparer.Ordinal);
    private readonly List<string> _warnings = [];
    private readonly List<string> _words = [];

    private KubeletCommandLine()
    {
    }

    /// <summary>Lines that are printed about flags that should not be used.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>Words that belong to no flag.</summary>
    public IReadOnlyList<string> Words => _words;

    /// <summary>Why the line cannot be read; null if it can.</summary>
    public string? Error { get; private set; }

    /// <summary>Whether a flag was given.</summary>
    public bool Has(string flag) => _values.ContainsKey(flag);

    /// <summary>Reads a command line, up to its first fault.</summary>
    public static KubeletCommandLine Parse(IEnumerable<string> arguments)
    {
        var line = new KubeletCommandLine();
        var rest = new Queue<string>(arguments);
        while (line.Error is null && rest.TryDequeue(out var argument))
        {
            line.Read(argument, rest);
        }

        return line;
    }

    /// <summary>Lays the flags over settings. Gates that only the settings name stay.</summary>
    public void ApplyTo(KubeletSettings settings)
    {
        foreach (var (setting, value) in _values.Values)
        {
            settings.Set(
                setting.Key,
                value is ImmutableSortedDictionary<string, bool> gates ? settings.FeatureGates.SetItems(gates) : value);
        }
    }

    private void Read(string argument, Queue<string> rest)
    {
        if (argument.Length < 2 || argument[0] != '-')
        {
            _words.Add(argument);
        }
        else if (argument == "--")
        {
            _words.AddRange(rest);
            rest.Clear();
        }
        else if (argument.StartsWith("--", StringComparison.Ordinal))
        {
            ReadFlag(argument[2..], rest);
        }
        else
        {
            ReadShort(argument, rest);
        }
    }

    private void ReadShort(string argument, Queue<string> rest)
    {
        if (argument[1] != 'v')
        {
            Error = $"unknown shorthand flag: '{argument[1]}' in {argument}";
            return;
        }

        ReadFlag(argument.Length > 2 ? $"v={argument[2..].TrimStart('=')}" : "v", rest);
    }

    private void ReadFlag(string text, Queue<string> rest)
    {
        if (text[0] is '-' or '=')
        {
            Error = $"bad flag syntax: --{text}";
            return;
        }

        var equals = text.IndexOf('=', StringComparison.Ordinal);
        var name = (equals < 0 ? text : text[..equals]).Replace('_', '-');
        if (KubeletSetting.FindFlag(name) is not { } setting)
        {
            Error = $"unknown flag: --{name}";
        }
        else if (equals >= 0)
        {
            Set(setting, text[(equals + 1)..]);
        }
        else if (setting.Kind == KubeletValueKind.Bool)
        {
            Set(setting, "true");
        }
        else if (rest.TryDequeue(out var value))
        {
            Set(setting, value);
        }
        else
        {
            Error = $"flag needs an argument: --{name}";
        }
    }

    private void Set(KubeletSetting setting, string text)
    {
        var already = _values.TryGetValue(setting.Flag, out var known) ? known.Value : null;
        if (!KubeletFlagValue.TryParse(setting.Kind, text, already, out var value, out var problem))
        {
            Error = $"invalid argument {GoText.Quote(text)} for \"--{setting.Flag}\" flag: {problem}";
            return;
        }

        _values[setting.Flag] = (setting, value);
        if (setting.Deprecation is { } deprecation)
        {
            _warnings.Add($"Flag --{setting.Flag} has been deprecated, {deprecation}");
        }
    }
}
