namespace K124.Sim.Kinds;

/// <summary>Gives new objects what makes them unique.</summary>
internal interface INameSource
{
    /// <summary>A new uid.</summary>
    /// <returns>A UUID in its usual form.</returns>
    string NewUid();

    /// <summary>Letters that make a generated name unique.</summary>
    /// <param name="length">How many.</param>
    /// <returns>Letters out of <c>bcdfghjklmnpqrstvwxz2456789</c>.</returns>
    string RandomSuffix(int length);
}
