using System.Text.Json;

namespace K124.Sim.Conformance;

/// <summary>One recorded case: a line of a file.</summary>
/// <param name="File">The file it stands in.</param>
/// <param name="Id">Its id.</param>
/// <param name="Json">The whole line; valid while the case is verified, so what is kept longer has to be copied.</param>
internal sealed record RecordedCase(RecordedFile File, string Id, JsonElement Json)
{
    /// <summary>What was recorded.</summary>
    public JsonElement Expect => Json.GetProperty("expect");
}
