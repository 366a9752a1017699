using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using K124.Sim.Pods.Probes;

namespace K124.Sim.Conformance.Platform;

/// <summary>Single calls of the handlers of probes.</summary>
internal static class ProbeHandlerCases
{
    // What the recording puts in the place of the address it used.
    private const string Address = "HOST:PORT";
    private const string Url = "http://10.0.0.7:8080/h";

    public static CaseOutcome Verify(RecordedCase testCase)
    {
        var input = testCase.Json.GetProperty("input");
        var answer = testCase.Json.Text("kind") switch
        {
            "grpc" => Grpc(input),
            "http" => Http(input),
            "exec" => Exec(input),
            "tcp" => ProbeHandlers.Tcp(input.Text("behaviour") == "refused" ? $"dial tcp {Address}: connect: connection refused" : null),
            var kind => throw new JsonException($"unknown kind {kind}"),
        };
        var actual = new JsonObject { ["result"] = answer.Verdict.ToString().ToLowerInvariant(), ["error"] = answer.Error };
        if (testCase.Expect.Member("outputLength") is null)
        {
            actual["output"] = answer.Output;
        }
        else
        {
            actual["outputLength"] = Encoding.UTF8.GetByteCount(answer.Output);
        }

        return CaseJson.Compare(testCase, actual);
    }

    private static ProbeAnswer Grpc(JsonElement input)
    {
        var seconds = input.Int("timeoutSeconds", 1);
        if (input.Member("code") is { } code)
        {
            return GrpcHealth.Refused(code.GetInt32(), input.Text("message"), seconds);
        }

        return input.Text("behaviour") switch
        {
            "" => GrpcHealth.Answered(input.Member("statusNumber")?.GetInt32() ?? GrpcHealth.StatusNumber(input.Text("status")) ?? -1),
            "noservice" => GrpcHealth.Refused(12, "unknown service grpc.health.v1.Health", seconds),
            "hang" => GrpcHealth.Refused(4, "context deadline exceeded", seconds),
            "refused" or "silent" or "http1" => GrpcHealth.NotConnected(Address, seconds),
            var behaviour => throw new JsonException($"unknown behaviour {behaviour}"),
        };
    }

    private static ProbeAnswer Http(JsonElement input) => input.OptionalText("failure") is { } failure
        ? ProbeHandlers.HttpFailure(Url, failure)
        : ProbeHandlers.Http(input.Int("code"), TextOf(input, "body"));

    private static ProbeAnswer Exec(JsonElement input)
    {
        if (input.OptionalText("failure") is { } failure)
        {
            return ProbeHandlers.ExecError(failure);
        }

        return input.OptionalText("timeout") is { } text ? ProbeHandlers.ExecTimeout(text) : ProbeHandlers.Exec(input.Int("exitCode"), TextOf(input, "output"));
    }

    private static string TextOf(JsonElement input, string name) =>
        input.Member($"{name}Length") is { } length ? new('x', length.GetInt32()) : input.Text(name);
}
