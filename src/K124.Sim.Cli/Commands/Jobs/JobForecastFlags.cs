using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using K124.Sim.Batch.Forecast;
using K124.Sim.Model;
using K124.Sim.Platform;

namespace K124.Sim.Cli.Commands.Jobs;

/// <summary>The options of what a forecast assumes.</summary>
internal sealed class JobForecastFlags
{
    private const string DistributionForms = "constant:30 or 30, empirical:10,20,60, lognormal:MEDIAN,SIGMA or weibull:SCALE,SHAPE";

    private readonly Option<Distribution?> _duration = DistributionOption("--duration", $"Seconds that a pod runs: {DistributionForms}.");
    private readonly Option<Distribution?> _failureDuration = DistributionOption("--failure-duration", "Seconds that a pod runs which fails; as --duration by default.");
    private readonly Option<Distribution?> _startDelay = DistributionOption("--start-delay", "Seconds from the creation of a pod until it runs; 1 by default.");
    private readonly Option<double> _failure = Probability("--failure", "Probability that a pod fails.");
    private readonly Option<int> _runs = AtLeast("--runs", 1, 1_000, "Number of runs.");
    private readonly Option<ulong> _seed = new("--seed") { Description = "Seed; the same seed gives the same figures.", HelpName = "NUMBER" };
    private readonly Option<int> _threads = AtLeast("--threads", 1, null, "Most runs at one time; one a processor by default. The figures do not depend on it.");
    private readonly Option<double> _horizon = new("--horizon")
    {
        Description = "Seconds that a run lasts at most.",
        HelpName = "SECONDS",
        DefaultValueFactory = static _ => TimeSpan.FromDays(365).TotalSeconds,
    };

    private readonly Option<int[]> _parallelism = new("--parallelism")
    {
        Description = "Parallelism to compare, instead of the Job's own.",
        HelpName = "N...",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<SuspendWindow[]> _suspend = new("--suspend")
    {
        Description = "Seconds from its creation in which the Job is suspended.",
        HelpName = "FROM-TO...",
        AllowMultipleArgumentsPerToken = true,
        CustomParser = ParseWindows,
    };

    private readonly Option<string> _gates = new("--feature-gates")
    {
        Description = "Feature gates, for example JobTrackingWithFinalizers=true.",
        HelpName = "NAME=BOOL,...",
        DefaultValueFactory = static _ => "",
    };

    private readonly Option<KubernetesRelease> _release = ReleaseOption.Create();
    private readonly Option<int> _apiLatency = AtLeast("--api-latency", 0, 0, "Milliseconds that a call of the controller takes.");
    private readonly Option<int> _watchLatency = AtLeast("--watch-latency", 0, 0, "Milliseconds until the controller sees a change.");
    private readonly Option<int> _watchJitter = AtLeast("--watch-jitter", 0, 0, "Most milliseconds that are added at random to --watch-latency.");
    private readonly Option<double> _apiFailure = Probability("--api-failure", "Probability that a call of the controller fails.");

    public JobForecastFlags()
    {
        _duration.Required = true;
        _gates.Validators.Add(static result =>
        {
            if (result.Tokens is [var token] && FeatureGates.Default.Set(token.Value).Error is { } error)
            {
                result.AddError($"--feature-gates: {error}");
            }
        });
        _horizon.Validators.Add(static result =>
        {
            if (result.Tokens is [var token]
                && (!double.TryParse(token.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) || seconds is not (> 0 and < 1e11)))
            {
                result.AddError($"--horizon: '{token.Value}' is not a number of seconds above 0.");
            }
        });
        _parallelism.Validators.Add(static result =>
        {
            foreach (var token in result.Tokens)
            {
                if (!int.TryParse(token.Value, NumberStyles.None, CultureInfo.InvariantCulture, out _))
                {
                    result.AddError($"--parallelism: '{token.Value}' is not a number from 0 on.");
                }
            }
        });
    }

    public void AddTo(Command command)
    {
        foreach (var option in new Option[]
        {
            _duration, _failure, _failureDuration, _startDelay, _runs, _seed, _parallelism, _suspend, _horizon, _threads, _gates, _release,
            _apiLatency, _watchLatency, _watchJitter, _apiFailure,
        })
        {
            command.Add(option);
        }
    }

    public ClusterProfile Profile(ParseResult parse) => new()
    {
        Release = parse.GetValue(_release),
        FeatureGates = FeatureGates.Default.Set(parse.GetRequiredValue(_gates)).Gates ?? FeatureGates.Default,
        Seed = parse.GetValue(_seed),
    };

    public int[] Parallelism(ParseResult parse) => parse.GetValue(_parallelism) ?? [];

    public int Threads(ParseResult parse) => parse.GetValue(_threads) is > 0 and var threads ? threads : -1;

    public JobForecastOptions Read(ParseResult parse, Job job) => new()
    {
        Job = job,
        PodDuration = parse.GetRequiredValue(_duration)!,
        FailureDuration = parse.GetValue(_failureDuration),
        StartDelay = parse.GetValue(_startDelay) ?? new Distribution.Constant(1),
        FailureProbability = parse.GetValue(_failure),
        Runs = parse.GetValue(_runs),
        SuspendWindows = [.. parse.GetValue(_suspend) ?? []],
        Horizon = TimeSpan.FromSeconds(parse.GetValue(_horizon)),
        Profile = Profile(parse),
        World = new()
        {
            ApiLatencyMilliseconds = parse.GetValue(_apiLatency),
            WatchLatencyMilliseconds = parse.GetValue(_watchLatency),
            WatchJitterMilliseconds = parse.GetValue(_watchJitter),
            FailureProbability = parse.GetValue(_apiFailure),
            Seed = parse.GetValue(_seed),
        },
    };

    private static Option<Distribution?> DistributionOption(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "DISTRIBUTION",
        CustomParser = result =>
        {
            var text = result.Tokens is [var token] ? token.Value : "";
            if (!Distribution.TryParse(text, out var distribution))
            {
                result.AddError($"{name}: '{text}' is not {DistributionForms}, in seconds from 0.");
            }

            return distribution;
        },
    };

    private static Option<double> Probability(string name, string description)
    {
        var option = new Option<double>(name) { Description = description, HelpName = "0..1" };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token]
                && (!double.TryParse(token.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || value is not (>= 0 and <= 1)))
            {
                result.AddError($"{name}: '{token.Value}' is not a probability from 0 to 1.");
            }
        });
        return option;
    }

    private static Option<int> AtLeast(string name, int least, int? otherwise, string description)
    {
        var option = new Option<int>(name) { Description = description, HelpName = "N" };
        if (otherwise is { } value)
        {
            option.DefaultValueFactory = _ => value;
        }

        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token]
                && (!int.TryParse(token.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) || number < least))
            {
                result.AddError($"{name}: '{token.Value}' is not a number from {least} on.");
            }
        });
        return option;
    }

    private static SuspendWindow[] ParseWindows(ArgumentResult result)
    {
        var windows = ImmutableArray.CreateBuilder<SuspendWindow>();
        foreach (var token in result.Tokens)
        {
            var ends = token.Value.Split('-');
            if (ends.Length == 2 && TryReadSeconds(ends[0], out var from) && TryReadSeconds(ends[1], out var to) && from < to)
            {
                windows.Add(new(from, to));
            }
            else
            {
                result.AddError($"--suspend: '{token.Value}' is not FROM-TO in seconds.");
            }
        }

        return [.. windows];
    }

    private static bool TryReadSeconds(string text, out TimeSpan time)
    {
        const double Most = 1e11;
        var isNumber = double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds < Most;
        time = isNumber ? TimeSpan.FromSeconds(seconds) : default;
        return isNumber;
    }
}
