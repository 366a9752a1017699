using System.Text.Json.Nodes;
using K124.Sim.Kinds;

namespace K124.Sim.Preflight;

/// <summary>An object that is looked at: as it is written, in whatever version.</summary>
/// <param name="Content">The object.</param>
/// <param name="File">File that it was read from; empty if it was not.</param>
/// <param name="Line">Line in that file, from 1.</param>
public sealed record PreflightItem(JsonObject Content, string File = "", long Line = 0)
{
    /// <summary>Whether it is still to be applied, rather than part of the cluster.</summary>
    public bool IsManifest { get; init; }

    internal string ApiVersion { get; } = Content.Text("apiVersion");

    internal string Kind { get; } = Content.Text("kind");

    internal string Namespace { get; } = Content.Object("metadata").Text("namespace");

    internal string Name { get; } = NameOf(Content.Object("metadata"));

    internal TreeField Root => new(Content);

    internal PreflightSubject Subject => new(ApiVersion, Kind, Namespace, Name) { File = File, Line = Line };

    internal bool Is(string group, string kind) => Kind == kind && K124.Sim.Platform.ApiResource.GroupOf(ApiVersion) == group;

    private static string NameOf(JsonObject? metadata) => metadata.Text("name") is { Length: > 0 } name ? name : metadata.Text("generateName");
}
