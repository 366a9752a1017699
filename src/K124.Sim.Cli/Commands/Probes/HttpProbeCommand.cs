using System.CommandLine;
using K124.Sim.Cli.Probing;
using K124.Sim.Pods.Probes;

namespace K124.Sim.Cli.Commands.Probes;

/// <summary><c>k124 probe http</c>.</summary>
internal sealed class HttpProbeCommand : SingleProbeCommand
{
    private readonly Argument<Uri> _url = new("URL")
    {
        Description = "What to get: http or https, whose certificate is not checked.",
        CustomParser = static result =>
        {
            if (Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out var url) && url.Scheme is "http" or "https")
            {
                return url;
            }

            result.AddError($"'{result.Tokens[0].Value}' is no URL of http or https.");
            return null;
        },
    };

    private readonly Option<string[]> _headers = new("--header") { Description = "A header of the request.", HelpName = "NAME:VALUE" };

    public HttpProbeCommand(Terminal terminal, CancellationToken cancellationToken)
        : base(terminal, "http", "Get a page; 200 to 399 is fine.", ["k124 probe http http://10.0.0.7:8080/healthz --timeout-seconds 2"], cancellationToken)
    {
        _headers.Validators.Add(static result =>
        {
            foreach (var token in result.Tokens.Where(static token => token.Value.IndexOf(':', StringComparison.Ordinal) <= 0))
            {
                result.AddError($"--header: '{token.Value}' is no NAME:VALUE.");
            }
        });
        Add(_url);
        Add(_headers);
    }

    protected override Task<ProbeAnswer> AskAsync(ParseResult parse, int timeoutSeconds, CancellationToken cancellationToken)
    {
        (string, string)[] headers =
        [
            .. (parse.GetValue(_headers) ?? []).Select(static header => (header[..header.IndexOf(':', StringComparison.Ordinal)].Trim(), header[(header.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim())),
        ];
        return HttpProber.ProbeAsync(parse.GetRequiredValue(_url), headers, TimeSpan.FromSeconds(timeoutSeconds), cancellationToken);
    }
}
