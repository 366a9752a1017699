using System.Collections.Immutable;
using System.CommandLine;
using K124.Sim.Cli.Output;
using K124.Sim.Pods.Probes;

namespace K124.Sim.Cli.Commands.Probes;

/// <summary>A command that asks once and tells the answer.</summary>
internal abstract class SingleProbeCommand : ExampleCommand
{
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(1);

    private readonly Terminal _terminal;
    private readonly CancellationToken _cancellationToken;
    private readonly OutputOption _output = new();

    private readonly Option<int> _timeout = new Option<int>("--timeout-seconds")
    {
        Description = "Whole seconds that the probe gives, as timeoutSeconds in a pod.",
        HelpName = "N",
        DefaultValueFactory = static _ => (int)DefaultTimeout.TotalSeconds,
    };

    protected SingleProbeCommand(Terminal terminal, string name, string description, ImmutableArray<string> examples, CancellationToken cancellationToken)
        : base(name, description, examples)
    {
        (_terminal, _cancellationToken) = (terminal, cancellationToken);
        _timeout.Validators.Add(static result =>
        {
            if (result.GetValueOrDefault<int>() < 1)
            {
                result.AddError("--timeout-seconds: at least 1 second.");
            }
        });
        Add(_timeout);
        Add(_output.Option);
        SetAction(Execute);
    }

    /// <summary>Asks.</summary>
    protected abstract Task<ProbeAnswer> AskAsync(ParseResult parse, int timeoutSeconds, CancellationToken cancellationToken);

    /// <summary>Host and port of an argument; an error if it has none.</summary>
    protected static Argument<(string Host, int Port)> Address() => new("HOST:PORT")
    {
        Description = "What to connect to: as the kubelet would, a pod's IP and port.",
        CustomParser = static result =>
        {
            var text = result.Tokens[0].Value;
            var colon = text.LastIndexOf(':');
            if (colon > 0 && int.TryParse(text.AsSpan(colon + 1), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var port) && port is > 0 and <= ushort.MaxValue)
            {
                return (text[..colon].Trim('[', ']'), port);
            }

            result.AddError($"'{text}' is no HOST:PORT.");
            return default;
        },
    };

    private int Execute(ParseResult parse)
    {
        var answer = AskAsync(parse, parse.GetValue(_timeout), _cancellationToken).GetAwaiter().GetResult();
        var isFine = answer is { Error: null, Verdict: ProbeVerdict.Success or ProbeVerdict.Warning };
        var result = answer.Error is not null ? "error" : answer.Verdict switch
        {
            ProbeVerdict.Success => "success",
            ProbeVerdict.Warning => "warning",
            _ => "failure",
        };
        if (_output.IsJson(parse))
        {
            JsonOutput.Write(_terminal, new ProbeReportJson(JsonOutput.ApiVersion, "ProbeReport", Name, result, answer.Error ?? answer.Output), OutputJson.Readable.ProbeReportJson);
        }
        else
        {
            _terminal.WriteLine(result, isFine ? TableView.Good : TableView.Bad);
            if ((answer.Error ?? answer.Output) is { Length: > 0 } text)
            {
                _terminal.Output.WriteLine(text.TrimEnd('\n'));
            }
        }

        return isFine ? ExitCode.Done : ExitCode.Negative;
    }
}
