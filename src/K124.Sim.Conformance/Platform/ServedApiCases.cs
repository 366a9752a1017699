using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using K124.Sim.Platform;

namespace K124.Sim.Conformance.Platform;

/// <summary>What an API server serves with a runtime configuration.</summary>
internal static class ServedApiCases
{
    public static CaseOutcome Verify(RecordedCase testCase)
    {
        var config = RuntimeConfig.Parse(testCase.Json.Texts("flags"));
        var actual = new JsonObject
        {
            ["parsed"] = new JsonObject(config.Values.Select(pair => KeyValuePair.Create<string, JsonNode?>(pair.Key, pair.Value))),
            ["validationErrors"] = CaseJson.Array(config.Validate().Select(SortGroups)),
        };
        var (switches, errors) = config.Merge();
        if (errors.Length > 0)
        {
            string[] legal = [.. testCase.Expect.Texts("mergeErrors")];
            actual["mergeErrors"] = CaseJson.Array(errors.All(error => legal.Contains(error, StringComparer.Ordinal)) ? legal : [.. errors]);
        }
        else
        {
            AddServed(actual, switches, Release(testCase.Json));
        }

        return CaseJson.Compare(testCase, actual);
    }

    private static void AddServed(JsonObject actual, ApiSwitches switches, ServingRelease release)
    {
        var served = new ServedApis(switches, release);
        var (before, after) = (Paths(ServedApis.Default), Paths(served));
        actual["added"] = CaseJson.Array(after.Except(before));
        actual["removed"] = CaseJson.Array(before.Except(after));
        actual["groupVersions"] = CaseJson.Array(served.GroupVersions);
        actual["resourceCount"] = served.Resources.Length;
        actual["configGroupVersionsOn"] = CaseJson.Array(switches.Versions.Where(version => version.Value).Select(version => version.Key));
        actual["configResources"] = new JsonObject(switches.Resources.Select(pair => KeyValuePair.Create<string, JsonNode?>(pair.Key, pair.Value)));
    }

    private static ImmutableSortedSet<string> Paths(ServedApis served) =>
        served.Resources.SelectMany(resource => resource.Paths()).ToImmutableSortedSet(StringComparer.Ordinal);

    private static ServingRelease Release(JsonElement testCase)
    {
        var release = testCase.Member("version") is { } version
            ? ServingRelease.Parse(version.Text("Major"), version.Text("Minor"), version.Text("GitVersion"))
            : ServingRelease.Kubernetes124;
        return release with
        {
            IsStrictInAlpha = IsOn(testCase, "strictEnv"),
            ServesRemovedForOneRelease = IsOn(testCase, "serveRemovedEnv"),
        };
    }

    private static bool IsOn(JsonElement testCase, string name) => FeatureGates.ParseBool(testCase.Text(name)) ?? false;

    // The recording sorts the names inside the message.
    private static string SortGroups(string error)
    {
        const string Start = "unknown api groups ";
        return error.StartsWith(Start, StringComparison.Ordinal)
            ? Start + string.Join(',', error[Start.Length..].Split(',').Order(StringComparer.Ordinal))
            : error;
    }
}
