namespace K124.Sim.Tests.Networking;

/// <summary>Plays a nondeterministic program once for every sequence of choices.</summary>
internal static class Exploration
{
    /// <param name="program">Asks for choices: the argument is their number, the answer is below it.</param>
    /// <returns>Number of runs.</returns>
    public static int Every(Action<Func<int, int>> program)
    {
        var choices = new List<(int Chosen, int Count)>();
        var runs = 0;
        do
        {
            var depth = 0;
            program(count =>
            {
                if (depth == choices.Count)
                {
                    choices.Add((0, count));
                }

                return choices[depth++].Chosen;
            });
            runs++;
            while (choices.Count > 0 && choices[^1].Chosen == choices[^1].Count - 1)
            {
                choices.RemoveAt(choices.Count - 1);
            }

            if (choices.Count > 0)
            {
                choices[^1] = (choices[^1].Chosen + 1, choices[^1].Count);
            }
        }
        while (choices.Count > 0);

        return runs;
    }
}
