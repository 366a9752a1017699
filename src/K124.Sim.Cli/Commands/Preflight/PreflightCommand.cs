using System.CommandLine;
using System.CommandLine.Parsing;
using K124.Sim.Cli.Output;
using K124.Sim.Cli.Output.Preflight;
using K124.Sim.Preflight;

namespace K124.Sim.Cli.Commands.Preflight;

/// <summary><c>k124 preflight</c>: what stands in the way of an upgrade to 1.24.</summary>
internal sealed class PreflightCommand : ExampleCommand
{
    private readonly Terminal _terminal;
    private readonly CancellationToken _cancellationToken;
    private readonly Option<string[]> _cluster = Paths("--cluster", "Files or folders with the cluster's objects, in any version; - is standard input.");
    private readonly Option<string[]> _manifests = Paths("--manifests", "Files or folders with objects that are applied to the cluster, in any version.");
    private readonly Option<string[]> _kubelets = Paths("--kubelet-config", "Configuration files of kubelets, and files with their flags: kubeadm-flags.env, unit files, or plain command lines.");

    private readonly Option<string[]> _cidrs = new Option<string[]>("--service-cidr")
    {
        Description = "Ranges of service IPs, if no kube-apiserver pod in the dump shows them.",
        HelpName = "CIDR...",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = true,
    }.RefusingOptions();

    private readonly Option<KubernetesRelease> _to = new("--to")
    {
        Description = "Release to upgrade to.",
        HelpName = "1.24.N",
        CustomParser = ParseRelease,
        DefaultValueFactory = static _ => KubernetesRelease.Newest,
    };

    private readonly Option<string?> _baseline = new("--baseline") { Description = "File of findings that are accepted.", HelpName = "FILE" };
    private readonly Option<string?> _writeBaseline = new("--write-baseline") { Description = "Accept all findings of this run: write them to a file.", HelpName = "FILE" };

    private readonly Option<string> _output = new Option<string>("--output", "-o")
    {
        Description = "For people, for programs, for code scanning, or for test reports.",
        HelpName = string.Join('|', PreflightWriters.Names),
        DefaultValueFactory = static _ => PreflightWriters.Table,
    }.AcceptOnlyFromAmong([.. PreflightWriters.Names]);

    public PreflightCommand(Terminal terminal, CancellationToken cancellationToken)
        : base(
            "preflight",
            "Tells what in a cluster, its manifests and its kubelets stands in the way of an upgrade to 1.24. Exit code: 1 if something blocks, 3 if there are warnings, else 0.",
            "k124 preflight --cluster cluster.json --manifests apps/",
            "k124 preflight --cluster cluster.json --kubelet-config /var/lib/kubelet/config.yaml /var/lib/kubelet/kubeadm-flags.env",
            "k124 preflight --manifests apps/ --baseline known.json -o sarif")
    {
        _terminal = terminal;
        _cancellationToken = cancellationToken;
        foreach (var option in (ReadOnlySpan<Option>)[_cluster, _manifests, _kubelets, _cidrs, _to, _baseline, _writeBaseline, _output])
        {
            Add(option);
        }

        Validators.Add(result =>
        {
            if (result.GetResult(_cluster) is null && result.GetResult(_manifests) is null && result.GetResult(_kubelets) is null)
            {
                result.AddError("Name something to look at: --cluster, --manifests or --kubelet-config.");
            }
        });
        SetAction(Execute);
    }

    private int Execute(ParseResult parse)
    {
        using var status = new StatusLine(_terminal);
        var inputs = new PreflightInputs(_terminal, status, _cancellationToken);
        var input = inputs.Read(parse.GetValue(_cluster) ?? [], parse.GetValue(_manifests) ?? [], parse.GetValue(_kubelets) ?? []);
        var baseline = input is null || parse.GetValue(_baseline) is not { } path ? null : inputs.ReadBaseline(path);
        if (input is null || (baseline is null && parse.GetValue(_baseline) is not null))
        {
            return ExitCode.BadInput;
        }

        status.Dispose();
        var report = PreflightCheck.Run(input with { Release = parse.GetValue(_to), ServiceCidrs = [.. parse.GetValue(_cidrs) ?? []] }, baseline);
        if (parse.GetValue(_writeBaseline) is { } file)
        {
            File.WriteAllText(file, PreflightBaseline.Of(report).ToJson() + "\n");
        }

        PreflightWriters.Write(_terminal, report, parse.GetRequiredValue(_output));
        return report.Worst switch
        {
            PreflightSeverity.Block => ExitCode.Negative,
            PreflightSeverity.Warning => ExitCode.Warnings,
            _ => ExitCode.Done,
        };
    }

    private static Option<string[]> Paths(string name, string description) => new Option<string[]>(name)
    {
        Description = description,
        HelpName = "PATH...",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = true,
    }.RefusingOptions();

    private static KubernetesRelease ParseRelease(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (!KubernetesRelease.TryParse(text, out var release))
        {
            result.AddError($"--to: '{text}' is not a release from 1.24.0 to {KubernetesRelease.Newest}.");
        }

        return release;
    }
}
