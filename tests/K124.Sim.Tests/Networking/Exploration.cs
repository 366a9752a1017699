namespace K124.Sim.Tests.Networking;

/// <summary>Plays a nondeterministic program for every sequence of choices, leaving a run where it meets a known state.</summary>
/// <remarks>What can follow a state depends on the state alone, so it is enough to go on from its first visit. A run is played
/// anew from the start up to the choice that changes.</remarks>
internal static class Exploration
{
    /// <summary>Gives a choice: the argument is how many there are, the answer is below it.</summary>
    public delegate int Choose(int count);

    /// <summary>Tells whether to go on from a state, given everything that its future depends on.</summary>
    public delegate bool GoesOn(string state);

    /// <returns>Number of states visited.</returns>
    public static int Every(Action<Choose, GoesOn> program)
    {
        var visited = new HashSet<string>(StringComparer.Ordinal);
        var choices = new List<(int Chosen, int Count)>();
        do
        {
            var depth = 0;
            program(
                count =>
                {
                    if (depth == choices.Count)
                    {
                        choices.Add((0, count));
                    }

                    return choices[depth++].Chosen;
                },
                state => depth < choices.Count || visited.Add(state));
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

        return visited.Count;
    }
}
