namespace K124.Sim.Conformance;

/// <summary>A file of recorded cases, and what its verifier keeps from case to case.</summary>
/// <param name="name">Name without folders.</param>
/// <param name="companions">The files beside it that hold no cases.</param>
/// <param name="lines">Its lines, for those who have to look ahead.</param>
internal sealed class RecordedFile(string name, CompanionFiles companions, Func<IEnumerable<string>>? lines = null)
{
    public const string Extension = ".jsonl";
    public const string CompressedExtension = ".jsonl.gz";

    private object? _kept;

    /// <summary>Name without folders; recordings of a later release are told by it.</summary>
    public string Name { get; } = name;

    /// <summary>Name without its extension.</summary>
    public string Stem { get; } = StemOf(name);

    public CompanionFiles Companions { get; } = companions;

    /// <summary>The lines from the beginning.</summary>
    public IEnumerable<string> Lines => lines?.Invoke() ?? [];

    public static bool HoldsCases(string fileName) =>
        fileName.EndsWith(Extension, StringComparison.Ordinal) || fileName.EndsWith(CompressedExtension, StringComparison.Ordinal);

    public static string StemOf(string fileName) =>
        fileName.EndsWith(CompressedExtension, StringComparison.Ordinal) ? fileName[..^CompressedExtension.Length]
        : fileName.EndsWith(Extension, StringComparison.Ordinal) ? fileName[..^Extension.Length]
        : fileName;

    /// <summary>What the verifier made at the file's first case: a world that later cases continue, or something dear to make.</summary>
    /// <typeparam name="T">Its type; one value a file.</typeparam>
    public T Keep<T>(Func<T> make)
        where T : class => (T)(_kept ??= make());
}
