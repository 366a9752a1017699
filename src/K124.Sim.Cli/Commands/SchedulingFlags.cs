using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using K124.Sim.Manifests;
using K124.Sim.Scheduling;
using K124.Sim.Scheduling.Configuration;

namespace K124.Sim.Cli.Commands;

/// <summary>The options of how the scheduler decides.</summary>
internal sealed class SchedulingFlags
{
    private const int WholePercentage = 100;

    private static readonly ImmutableArray<(string Name, TieBreak Value)> TieBreaks =
    [
        ("first-in-order", TieBreak.FirstInOrder),
        ("first-by-name", TieBreak.FirstByName),
        ("seeded", TieBreak.Seeded),
    ];

    private readonly Option<KubernetesRelease> _release = ReleaseOption.Create();

    private readonly Option<string?> _profile = new Option<string?>("--profile")
    {
        Description = "File with a KubeSchedulerConfiguration (v1beta2 or v1beta3); the default profile of 1.24 without it.",
        HelpName = "FILE",
    }.RefusingOptions();

    private readonly Option<bool> _withoutExtenders = new("--without-extenders")
    {
        Description = "Plan without the extenders of --profile, which cannot be asked here; resources that they take over from the scheduler stay ignored.",
    };

    private readonly Option<int?> _percentage = new("--percentage-of-nodes-to-score")
    {
        Description = "Stop searching after this share of feasible nodes, in percent; 0 adapts to the size of the cluster. Wins over --profile.",
        HelpName = "0..100",
    };

    private readonly Option<string> _tieBreak = new Option<string>("--tie-break")
    {
        Description = "Which of several best nodes is chosen; Kubernetes draws one at random.",
        HelpName = string.Join('|', TieBreaks.Select(static item => item.Name)),
        DefaultValueFactory = static _ => TieBreaks[0].Name,
    }.AcceptOnlyFromAmong([.. TieBreaks.Select(static item => item.Name)]);

    private readonly Option<ulong> _seed = new("--seed")
    {
        Description = "Seed of the draws of --tie-break seeded.",
        HelpName = "NUMBER",
        DefaultValueFactory = static _ => 0,
    };

    private readonly Option<bool> _consumesCapacity = new("--consume-storage-capacity")
    {
        Description = "Count CSIStorageCapacity objects down as claims are placed; 1.24 leaves that to drivers.",
    };

    public SchedulingFlags()
    {
        _percentage.Validators.Add(static result =>
        {
            if (result.Tokens is [var token]
                && (!int.TryParse(token.Value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) || value is < 0 or > WholePercentage))
            {
                result.AddError($"--percentage-of-nodes-to-score: '{token.Value}' is not a number from 0 to {WholePercentage}.");
            }
        });
    }

    public void AddTo(Command command)
    {
        command.Add(_release);
        command.Add(_profile);
        command.Add(_withoutExtenders);
        command.Add(_percentage);
        command.Add(_tieBreak);
        command.Add(_seed);
        command.Add(_consumesCapacity);
        command.Validators.Add(result =>
        {
            if (result.GetResult(_seed) is { Implicit: false } && result.GetResult(_tieBreak) is not { Tokens: [{ Value: "seeded" }] })
            {
                result.AddError("--seed has no effect without --tie-break seeded.");
            }
        });
    }

    /// <summary>Reads the options.</summary>
    /// <returns>The options, or null if the profile has errors, which have been printed.</returns>
    public SchedulerOptions? Read(ParseResult parse, Terminal terminal)
    {
        if (parse.GetValue(_profile) is not { } path)
        {
            return Read(parse, SchedulerConfiguration.Default);
        }

        var result = SchedulerConfigurationReader.Read(path);
        foreach (var error in result.Errors)
        {
            terminal.Error.WriteLine(error);
        }

        if (result.Configuration is not { } configuration)
        {
            return null;
        }

        if (configuration.Extenders.IsEmpty)
        {
            return Read(parse, configuration);
        }

        var names = string.Join(", ", configuration.Extenders.Select(static extender => extender.UrlPrefix));
        if (!parse.GetValue(_withoutExtenders))
        {
            terminal.Error.WriteLine($"{path}: extenders: {names} cannot be asked here; --without-extenders plans on without {(configuration.Extenders.Length == 1 ? "it" : "them")}");
            return null;
        }

        terminal.Error.WriteLine($"note: {Amounts.Count(configuration.Extenders.Length, "extender")} left out, which may refuse or prefer nodes: {names}");
        return Read(parse, configuration.WithoutExtenders());
    }

    private SchedulerOptions Read(ParseResult parse, SchedulerConfiguration configuration) => new()
    {
        Configuration = configuration,
        Release = parse.GetValue(_release),
        PercentageOfNodesToScore = parse.GetValue(_percentage),
        TieBreak = TieBreaks.Single(item => item.Name == parse.GetValue(_tieBreak)).Value,
        Seed = parse.GetValue(_seed),
        ConsumesStorageCapacity = parse.GetValue(_consumesCapacity),
    };
}
