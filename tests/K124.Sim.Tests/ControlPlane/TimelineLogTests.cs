using System.Text.Json;
using K124.Sim.ApiServer.Logging;
using K124.Sim.ControlPlane.Logging;
using K124.Sim.Platform;
using Microsoft.Extensions.Logging;

namespace K124.Sim.Tests.ControlPlane;

using ControlPlane = K124.Sim.ControlPlane.ControlPlane;

public class TimelineLogTests
{
    private static readonly FeatureGates Contextual = FeatureGates.Of(("ContextualLogging", true));

    [Fact]
    public void History_is_a_log_of_klog()
    {
        var lines = Log(LogForm.Text, FeatureGates.Default);

        Assert.Contains("I0503 00:00:00.000000       1 default-scheduler:3] \"Event occurred\" kind=\"Pod\" object=\"default/web\" type=\"Normal\" reason=\"Scheduled\" message=\"Successfully assigned default/web to n0\"", lines.Select(WithoutRevision));
        Assert.All(lines, static line => Assert.Matches("^[IE]0503 \\d\\d:\\d\\d:\\d\\d\\.\\d{6} +1 [a-z-]+:\\d+\\] \"", line));
    }

    [Fact]
    public void With_the_gate_name_and_object_travel_with_the_logger()
    {
        Assert.Contains(Log(LogForm.Text, Contextual), static line => line.Contains("\"default-scheduler: Event occurred\" kind=\"Pod\" object=\"default/web\" type=", StringComparison.Ordinal));
        Assert.DoesNotContain(Log(LogForm.Text, FeatureGates.Default), static line => line.Contains("\"default-scheduler: ", StringComparison.Ordinal));
    }

    [Fact]
    public void Json_says_the_same()
    {
        var entries = Log(LogForm.Json, Contextual).Select(static line => JsonDocument.Parse(line).RootElement).ToArray();

        var scheduled = entries.First(static entry => entry.TryGetProperty("reason", out var reason) && reason.GetString() == "Scheduled");
        Assert.Equal("default-scheduler", scheduled.GetProperty("logger").GetString());
        Assert.Equal("default/web", scheduled.GetProperty("object").GetString());
        Assert.Equal(0, scheduled.GetProperty("v").GetInt32());
        Assert.Equal(1651536000000, scheduled.GetProperty("ts").GetDouble());
        Assert.Contains(entries, static entry => entry.GetProperty("v").GetInt32() == 2);
    }

    [Fact]
    public void What_is_above_the_verbosity_is_left_out()
    {
        using var output = new StringWriter();
        TimelineLog.Write(Plane().Timeline, output, LogForm.Text, verbosity: 0);

        Assert.DoesNotContain("Wrote object", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("Event occurred", output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, "\"shop/cart: hello\" pod=\"ns/p\" a=2\n")]
    [InlineData(false, "\"hello\" a=2\n")]
    public void Scopes_of_dotnet_are_names_and_values(bool isOn, string expected)
    {
        using var output = new StringWriter();
        using var provider = new KlogLoggerProvider(output, LogForm.Text, TimeProvider.System, FeatureGates.Of(("ContextualLogging", isOn)), verbosity: 2);
        var logger = provider.CreateLogger("shop");
        var further = new Dictionary<string, object?>(StringComparer.Ordinal) { ["a"] = 2 };
        using (logger.BeginScope("cart"))
        using (logger.BeginScope(new Dictionary<string, object?>(StringComparer.Ordinal) { ["pod"] = new K124.Sim.Model.ObjectKey("ns", "p"), ["a"] = 1 }))
        {
            logger.Log(LogLevel.Information, default, further, null, static (_, _) => "hello");
            logger.Log(LogLevel.Trace, default, "too deep", null, static (state, _) => state);
        }

        Assert.EndsWith("] " + expected, output.ToString(), StringComparison.Ordinal);
        Assert.Single(output.ToString().TrimEnd('\n').Split('\n'));
        Assert.False(logger.IsEnabled(LogLevel.Trace));
        Assert.True(logger.IsEnabled(LogLevel.Error));
    }

    private static string[] Log(LogForm form, FeatureGates gates)
    {
        using var output = new StringWriter();
        TimelineLog.Write(Plane().Timeline, output, form, gates);
        return output.ToString().TrimEnd('\n').Split('\n');
    }

    private static ControlPlane Plane()
    {
        var plane = new ControlPlane(LivingCluster.Of(nodes: 1));
        plane.Create(LivingCluster.Pod("web", cpuMilli: 100));
        plane.RunUntilQuiet();
        return plane;
    }

    private static string WithoutRevision(string line) => System.Text.RegularExpressions.Regex.Replace(line, "default-scheduler:\\d+", "default-scheduler:3");
}
