using System.Collections.Immutable;
using K124.Sim.Model;
using K124.Sim.Networking;

namespace K124.Sim.Cli.Output.ServiceIPs;

/// <summary>What became of one Service.</summary>
internal sealed record AppliedService(string Action, ObjectKey Service, ServiceResult Result);

/// <summary>What became of the Services of manifests, for programs.</summary>
internal sealed record ServiceIPApplyJson(string ApiVersion, string Kind, ImmutableArray<AppliedServiceJson> Services)
{
    public static ServiceIPApplyJson Of(IEnumerable<AppliedService> answers) =>
        new(JsonOutput.ApiVersion, "ServiceIPApply", [.. answers.Select(AppliedServiceJson.Of)]);
}

/// <summary>One Service; without an error it was created, replaced or deleted, or waits for its finalizers.</summary>
internal sealed record AppliedServiceJson(
    string Action, string Service, ImmutableArray<string> ClusterIPs, ImmutableArray<int> NodePorts, int? HealthCheckNodePort, bool? WaitsForFinalizers, ServiceErrorJson? Error)
{
    public static AppliedServiceJson Of(AppliedService answer)
    {
        var spec = answer.Result.Service?.Spec;
        return new(
            answer.Action, answer.Service.ToString(), spec?.ClusterIPs ?? [],
            [.. (spec?.Ports ?? []).Select(static port => port.NodePort).Where(static port => port != 0)],
            spec?.HealthCheckNodePort is > 0 and var port ? port : null,
            answer.Result.Service?.Metadata is { DeletionTimestamp: not null, Finalizers.IsEmpty: false } ? true : null,
            answer.Result.Error is { } error ? new(error.Code, error.Reason, error.Message) : null);
    }
}

internal sealed record ServiceErrorJson(int Code, string Reason, string Message);
