using System.IO.Compression;
using System.Text.Json;
using K124.Sim.Cli;

namespace K124.Sim.Tests.Cli;

/// <summary>Runs the command line in this process, over files in a folder of its own.</summary>
public sealed class CliHarness : IDisposable
{
    public const string Nodes =
        """
        apiVersion: v1
        kind: Node
        metadata: {name: node-a, labels: {kubernetes.io/hostname: node-a}}
        status: {allocatable: {cpu: "2", memory: 4Gi, pods: "110"}}
        ---
        apiVersion: v1
        kind: Node
        metadata: {name: node-b, labels: {kubernetes.io/hostname: node-b}}
        status: {allocatable: {cpu: "1", memory: 4Gi, pods: "110"}}
        ---
        apiVersion: v1
        kind: Node
        metadata: {name: node-c, labels: {kubernetes.io/hostname: node-c}}
        spec: {taints: [{key: dedicated, value: db, effect: NoSchedule}]}
        status: {allocatable: {cpu: "8", memory: 4Gi, pods: "110"}}
        """;

    public string Folder { get; } = Directory.CreateTempSubdirectory("k124-cli-").FullName;

    public static string Pod(string name, string cpu) =>
        $$$"""
        apiVersion: v1
        kind: Pod
        metadata: {name: "{{{name}}}", namespace: shop}
        spec: {containers: [{name: c, image: web, resources: {requests: {cpu: "{{{cpu}}}"} } }]}
        """;

    public string Write(string path, string text)
    {
        var full = Path.Combine(Folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        if (!path.EndsWith(".gz", StringComparison.Ordinal))
        {
            File.WriteAllText(full, text);
            return full;
        }

        using var file = File.Create(full);
        using var gzip = new GZipStream(file, CompressionLevel.Fastest);
        gzip.Write(System.Text.Encoding.UTF8.GetBytes(text));
        return full;
    }

    public static CliRun Run(params string[] args) => Run(CancellationToken.None, args);

    public static CliRun Run(CancellationToken cancellationToken, params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var terminal = Terminal.Create(output, error, outputIsTerminal: false, errorIsTerminal: false, new StandingClock());
        return new(K124CommandLine.Run(args, terminal, cancellationToken), output.ToString(), error.ToString());
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private sealed class StandingClock : TimeProvider
    {
        public override long GetTimestamp() => 0;
    }
}

/// <summary>What a run of the command line gave.</summary>
public sealed record CliRun(int Code, string Output, string Error)
{
    public JsonElement Json() => JsonDocument.Parse(Output).RootElement;
}
