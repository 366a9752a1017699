using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using K124.Sim.Text;

namespace K124.Sim.Platform.LeaderMigration;

/// <summary>Which lock lets a controller run in a component.</summary>
internal enum ControllerLock
{
    /// <summary>The component's own lock.</summary>
    NonMigrated,

    /// <summary>The lock that both controller managers share.</summary>
    Migrated,

    /// <summary>None: another component runs it.</summary>
    Unowned,
}

/// <summary>Which component runs a controller while controllers move from one controller manager to the other.</summary>
/// <param name="Name">Name of the controller.</param>
/// <param name="Component">Name of the component, or a star for any.</param>
internal sealed record ControllerLeader(string Name, string Component);

/// <summary>The configuration of leader migration.</summary>
/// <remarks>Kubernetes 1.24 controller-manager/pkg/leadermigration; KEP-2436.</remarks>
internal sealed record LeaderMigrationConfig
{
    private const string Kind = "LeaderMigrationConfiguration";
    private const string Group = "controllermanager.config.k8s.io";
    private const string AnyComponent = "*";

    private static readonly ImmutableArray<(string ApiVersion, ImmutableArray<string> Kinds)> Registered =
        [($"{Group}/v1", [Kind]), ($"{Group}/v1beta1", [Kind]), ($"{Group}/v1alpha1", [Kind])];

    /// <summary>What is used when no file is named.</summary>
    public static LeaderMigrationConfig Default { get; } = new()
    {
        LeaderName = "cloud-provider-extraction-migration",
        ResourceLock = "leases",
        ControllerLeaders = [new("route", AnyComponent), new("service", AnyComponent), new("cloud-node-lifecycle", AnyComponent)],
    };

    /// <summary>Name of the shared lock.</summary>
    public string LeaderName { get; init; } = "";

    /// <summary>Kind of object that is the lock.</summary>
    public string ResourceLock { get; init; } = "";

    /// <summary>The controllers that move; of one that is named twice the last entry counts.</summary>
    public ImmutableArray<ControllerLeader> ControllerLeaders { get; init; } = [];

    /// <summary>Reads the text of a file, which is JSON and replaces the default as a whole.</summary>
    /// <param name="text">The text.</param>
    /// <param name="config">The configuration.</param>
    /// <param name="problem">Why it cannot be read, in the words of 1.24.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out LeaderMigrationConfig? config, [NotNullWhen(false)] out string? problem)
    {
        config = null;
        problem = ComponentConfigType.Fault(text, Registered, out var apiVersion, out _);
        if (problem is not null)
        {
            return false;
        }

        using var document = JsonDocument.Parse(text);
        var root = document.RootElement;
        config = new()
        {
            LeaderName = TextOf(root, "leaderName"),
            ResourceLock = apiVersion == $"{Group}/v1" ? "leases" : TextOf(root, "resourceLock"),
            ControllerLeaders = root.TryGetProperty("controllerLeaders", out var leaders) && leaders.ValueKind == JsonValueKind.Array
                ? [.. leaders.EnumerateArray().Select(leader => new ControllerLeader(TextOf(leader, "name"), TextOf(leader, "component")))]
                : [],
        };
        return true;
    }

    /// <summary>What is wrong with the configuration, in the words of 1.24; empty if nothing is.</summary>
    public ImmutableArray<string> Validate()
    {
        var faults = ImmutableArray.CreateBuilder<string>();
        if (LeaderName.Length == 0)
        {
            faults.Add("leaderName: Required value: leaderName must be set for LeaderMigrationConfiguration");
        }

        if (ResourceLock is not ("leases" or "endpoints"))
        {
            faults.Add($"resourceLock: Invalid value: {GoText.Quote(ResourceLock)}: resource Lock must be one of 'leases' or 'endpoints'");
        }

        foreach (var (leader, index) in ControllerLeaders.Select(static (leader, index) => (leader, index)))
        {
            var path = string.Create(CultureInfo.InvariantCulture, $"controllerLeaders[{index}]");
            if (leader.Component.Length == 0)
            {
                faults.Add($"{path}.component: Required value: component must be set");
            }

            if (leader.Name.Length == 0)
            {
                faults.Add($"{path}.name: Required value: name must be set");
            }
        }

        return faults.ToImmutable();
    }

    /// <summary>The lock under which a component runs a controller.</summary>
    /// <param name="component">Name of the component.</param>
    /// <param name="controller">Name of the controller.</param>
    public ControllerLock Assign(string component, string controller) => ControllerLeaders.LastOrDefault(leader => leader.Name == controller) switch
    {
        null => ControllerLock.NonMigrated,
        { Component: var owner } => owner == component || owner == AnyComponent ? ControllerLock.Migrated : ControllerLock.Unowned,
    };

    private static string TextOf(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : "";
}
