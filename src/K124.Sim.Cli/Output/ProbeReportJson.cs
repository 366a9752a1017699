namespace K124.Sim.Cli.Output;

/// <summary>The document of <c>k124 probe</c>.</summary>
internal sealed record ProbeReportJson(string ApiVersion, string Kind, string Handler, string Result, string Output);
