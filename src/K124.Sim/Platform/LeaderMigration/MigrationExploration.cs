using System.Collections.Immutable;

namespace K124.Sim.Platform.LeaderMigration;

/// <summary>Every order in which processes of controller managers may start, get their locks and die.</summary>
internal sealed class MigrationExploration
{
    private readonly ImmutableArray<ManagerProcess> _processes;

    /// <summary>Explores some processes.</summary>
    public MigrationExploration(params ImmutableArray<ManagerProcess> processes) => _processes = processes;

    private enum Stage : byte
    {
        Down,
        Waiting,
        HasMain,
        HasBoth,
    }

    /// <summary>The shortest way to a moment at which two processes run one controller; null if there is none.</summary>
    public ImmutableArray<string>? FindTwo() => Find(state => Controllers().Any(controller => Running(state, controller) > 1));

    /// <summary>The shortest way to a moment at which a controller runs; null if it never does.</summary>
    public ImmutableArray<string>? FindRunning(string controller) => Find(state => Running(state, controller) > 0);

    private ImmutableArray<string>? Find(Func<Stage[], bool> isWanted)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var open = new Queue<(Stage[] State, ImmutableArray<string> Steps)>();
        open.Enqueue((new Stage[_processes.Length], []));
        while (open.TryDequeue(out var next))
        {
            if (isWanted(next.State))
            {
                return next.Steps;
            }

            foreach (var (state, step) in Successors(next.State))
            {
                if (seen.Add(string.Join(',', state)))
                {
                    open.Enqueue((state, next.Steps.Add(step)));
                }
            }
        }

        return null;
    }

    private IEnumerable<(Stage[] State, string Step)> Successors(Stage[] state)
    {
        for (var i = 0; i < state.Length; i++)
        {
            var name = _processes[i].Name;
            switch (state[i])
            {
                case Stage.Down:
                    yield return (With(state, i, Stage.Waiting), $"{name} starts");
                    continue;
                case Stage.Waiting when IsFree(state, i, static (process, own) => process.Component == own.Component, Stage.HasMain):
                    yield return (With(state, i, Stage.HasMain), $"{name} gets its main lock");
                    break;
                case Stage.HasMain when _processes[i].Migration is not null
                    && IsFree(state, i, static (process, own) => process.Migration?.LeaderName == own.Migration!.LeaderName, Stage.HasBoth):
                    yield return (With(state, i, Stage.HasBoth), $"{name} gets the migration lock");
                    break;
            }

            yield return (With(state, i, Stage.Down), $"{name} dies");
        }
    }

    /// <summary>Whether none of the processes that share a lock with one holds it.</summary>
    private bool IsFree(Stage[] state, int own, Func<ManagerProcess, ManagerProcess, bool> shares, Stage holder) =>
        !Enumerable.Range(0, state.Length).Any(i => i != own && state[i] >= holder && shares(_processes[i], _processes[own]));

    private int Running(Stage[] state, string controller) =>
        Enumerable.Range(0, state.Length).Count(i => _processes[i].Runs(controller, state[i] >= Stage.HasMain, state[i] == Stage.HasBoth));

    private IEnumerable<string> Controllers() => _processes.SelectMany(static process => process.Controllers).Distinct(StringComparer.Ordinal);

    private static Stage[] With(Stage[] state, int index, Stage stage)
    {
        Stage[] changed = [.. state];
        changed[index] = stage;
        return changed;
    }
}
