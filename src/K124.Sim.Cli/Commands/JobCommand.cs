using System.CommandLine;
using System.Text.Json;
using K124.Sim.Batch;
using K124.Sim.Manifests;
using K124.Sim.Model;
using Spectre.Console;

namespace K124.Sim.Cli.Commands;

/// <summary><c>k124 job run</c> and <c>k124 job forecast</c>.</summary>
internal static class JobCommand
{
    private const int InputError = 2;

    public static Command Create() => new("job", "Drives Jobs on virtual time with the decisions of the 1.24 Job controller.")
    {
        CreateRun(),
        CreateForecast(),
    };

    private static Command CreateRun()
    {
        var job = JobOption();
        var plan = new Option<string>("--plan") { Description = "Scenario without its job: pod plans, actions, gates (JSON).", Required = true };
        var command = new Command("run", "Runs one Job through a scenario and writes its timeline as JSON.") { job, plan };
        command.SetAction(parsed => Guarded(parsed, () =>
        {
            var scenario = JobScenario.Parse(File.ReadAllText(parsed.GetRequiredValue(plan)));
            var timeline = JobRuns.Run(LoadJob(parsed.GetRequiredValue(job)), scenario);
            parsed.InvocationConfiguration.Output.WriteLine(timeline.ToJson());
        }));
        return command;
    }

    private static Command CreateForecast()
    {
        var job = JobOption();
        var duration = DistributionOption("--duration", "How long a pod runs: 30, empirical:10,20, lognormal:MEDIAN,SIGMA or weibull:SCALE,SHAPE, in seconds.");
        duration.Required = true;
        var startDelay = DistributionOption("--start-delay", "From the creation of a pod until it runs (default 1 second).");
        var failure = new Option<double>("--failure") { Description = "Probability that a pod fails, 0 to 1." };
        var runs = new Option<int>("--runs") { Description = "Number of runs.", DefaultValueFactory = _ => 1_000 };
        var seed = new Option<ulong>("--seed") { Description = "Seed; the same seed gives the same figures." };
        var threads = new Option<int>("--threads") { Description = "Most runs at one time; -1 for one a processor.", DefaultValueFactory = _ => -1 };
        var parallelism = new Option<int[]>("--parallelism")
        {
            Description = "Parallelism to compare, instead of the Job's own; may be given more than once.",
            AllowMultipleArgumentsPerToken = true,
        };
        var suspend = new Option<string[]>("--suspend")
        {
            Description = "Seconds in which the Job is suspended, as FROM-TO; may be given more than once.",
            AllowMultipleArgumentsPerToken = true,
        };
        var output = new Option<string>("--output", "-o") { Description = "table or json.", DefaultValueFactory = _ => "table" };
        output.AcceptOnlyFromAmong("table", "json");
        var command = new Command("forecast", "Forecasts how long a Job takes and how it ends, over many runs.")
        {
            job, duration, startDelay, failure, runs, seed, threads, parallelism, suspend, output,
        };
        command.SetAction((parsed, cancellationToken) => Task.FromResult(Guarded(parsed, () =>
        {
            var options = new JobForecastOptions
            {
                Job = JobRuns.Admit(LoadJob(parsed.GetRequiredValue(job)), JobFeatureGates.Default),
                PodDuration = parsed.GetRequiredValue(duration),
                StartDelay = parsed.GetValue(startDelay) ?? new Distribution.Constant(1),
                FailureProbability = parsed.GetValue(failure),
                Runs = parsed.GetValue(runs),
                Seed = parsed.GetValue(seed),
                SuspendWindows = [.. (parsed.GetValue(suspend) ?? []).Select(JobRuns.ReadWindow)],
            };
            var rows = Forecast(options, parsed.GetValue(parallelism) ?? [], parsed.GetValue(threads), cancellationToken);
            var writer = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(output) == "json")
            {
                JobRuns.WriteJson(rows, writer);
            }
            else
            {
                JobRuns.WriteTable(rows, writer);
            }
        })));
        return command;
    }

    private static List<JobForecastRow> Forecast(JobForecastOptions options, int[] parallelism, int threads, CancellationToken cancellationToken)
    {
        // Progress goes to standard error, so that standard output holds the figures only.
        var console = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(Console.Error) });
        List<JobForecastRow>? rows = null;
        console.Progress().AutoClear(true).Start(progress =>
        {
            var task = progress.AddTask("runs", maxValue: (double)options.Runs * Math.Max(1, parallelism.Length));
            rows = JobRuns.Forecast(options, parallelism, threads, new Increments(task), cancellationToken);
        });
        return rows!;
    }

    private static int Guarded(ParseResult parsed, Action action)
    {
        try
        {
            action();
            return 0;
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or UnauthorizedAccessException or JsonException or FormatException or ArgumentException)
        {
            parsed.InvocationConfiguration.Error.WriteLine(exception.Message);
            return InputError;
        }
    }

    private static Job LoadJob(string path) => ManifestReader.Read([path]).RequireObjects() is [Job job]
        ? job
        : throw new FormatException($"{path}: one Job is needed, and nothing else");

    private static Option<string> JobOption() => new("--job") { Description = "The Job as it would be sent to the API server (JSON or YAML).", Required = true };

    private static Option<Distribution> DistributionOption(string name, string description) => new(name)
    {
        Description = description,
        CustomParser = result =>
        {
            if (Distribution.TryParse(result.Tokens.Count == 1 ? result.Tokens[0].Value : "", out var distribution))
            {
                return distribution;
            }

            result.AddError($"{name}: expected a distribution such as 30, empirical:10,20, lognormal:60,0.5 or weibull:60,1.5");
            return null;
        },
    };

    private sealed class Increments(ProgressTask task) : IProgress<int>
    {
        public void Report(int value) => task.Increment(1);
    }
}
