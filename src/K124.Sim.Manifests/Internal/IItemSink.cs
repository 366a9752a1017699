namespace K124.Sim.Manifests.Internal;

/// <summary>Takes what the readers of JSON and YAML find, object by object.</summary>
internal interface IItemSink
{
    /// <summary>Objects kept so far.</summary>
    int Count { get; }

    /// <summary>Begins a file.</summary>
    void BeginFile(string file);

    /// <summary>Begins a document.</summary>
    void BeginDocument();

    /// <summary>Begins a list; its version and kind may follow its items.</summary>
    void BeginList(in ObjectHead head);

    /// <summary>Ends a list, of which all is known now.</summary>
    void EndList(in ObjectHead head);

    /// <summary>Takes one object: an item of the list that was begun last, or a document of its own.</summary>
    void Accept(ReadOnlySpan<byte> json, in ObjectHead head, LineMap lines);

    /// <summary>Takes an error of the text itself, after which the file cannot be read on.</summary>
    void ReportSyntax(string message, long? line);

    /// <summary>Takes an error.</summary>
    void Report(ManifestError error);
}
