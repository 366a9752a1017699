namespace K124.Sim.Tests.Cases;

/// <summary>The inputs of questions that people asked, a folder a question.</summary>
internal static class CaseFiles
{
    public static string Of(string caseName, string file) => Path.Combine(AppContext.BaseDirectory, "cases", caseName, file);

    public static string TextOf(string caseName, string file) => File.ReadAllText(Of(caseName, file));
}
