using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using K124.Sim.Conformance.Comparing;
using K124.Sim.Kinds;
using K124.Sim.Model;
using K124.Sim.Model.Json;
using K124.Sim.Networking;

namespace K124.Sim.Conformance.Platform;

/// <summary>Classes of load balancers and node ports that a service may do without.</summary>
internal static class ServiceLoadBalancerCases
{
    private const string Name = "s";
    private static readonly string[] Shown =
        ["type", "allocateLoadBalancerNodePorts", "externalTrafficPolicy", "sessionAffinity", "internalTrafficPolicy", "loadBalancerClass", "loadBalancerIP", "externalName"];

    public static CaseOutcome Verify(RecordedCase testCase)
    {
        var registry = new ServiceRegistry(new ServiceIPRange("10.0.0.0/24"));
        var given = testCase.Json.Items("steps").SelectMany(step => step.GetProperty(step.Text("op") == "create" ? "spec" : "set").Items("ports"))
            .Select(port => port.Int("nodePort")).ToHashSet();
        var automatic = new List<int>();
        var comparison = new Comparison();
        foreach (var (step, expected) in testCase.Json.Items("steps").Zip(testCase.Expect.Items("steps")))
        {
            if (step.Text("op") != "create" && registry.Find(new ObjectKey("default", Name)) is null)
            {
                continue;
            }

            var result = step.Text("op") == "create" ? registry.Create(Read(step.GetProperty("spec"))) : registry.Update(Changed(step, registry));
            foreach (var difference in Differences(expected, result, given, automatic))
            {
                comparison.Differs(difference);
            }
        }

        return comparison.Outcome;
    }

    private static IEnumerable<string> Differences(JsonElement expected, ServiceResult result, HashSet<int> given, List<int> automatic)
    {
        if (expected.Member("error") is { } recorded)
        {
            return ApiSteps.ErrorDifferences(recorded, result.Error is not { } error ? null : new()
            {
                Code = error.Code,
                Reason = error.Reason,
                Message = error.Message,
                Details = new() { Causes = [.. error.Causes.Select(cause => new Api.ApiStatusCause(cause.Reason, cause.Message, cause.Field))] },
            });
        }

        return result.Service is not { } service
            ? [$"recorded an object, answered {result.Error!.Message}"]
            : JsonDifference.Between("service", JsonNode.Parse(expected.GetProperty("service").GetRawText()), Show(service, given, automatic));
    }

    private static Service Read(JsonElement spec) =>
        Read(new JsonObject { ["spec"] = JsonNode.Parse(spec.GetRawText()) });

    private static Service Read(JsonObject tree)
    {
        tree["metadata"] = new JsonObject { ["name"] = Name, ["namespace"] = "default" };
        return (Service)KubernetesJson.Deserialize(Encoding.UTF8.GetBytes(tree.ToJsonString()), typeof(Service), ModelJsonOptions.Shared);
    }

    private static JsonObject Write(Service service) =>
        (JsonObject)JsonSerializer.SerializeToNode(service, ModelJsonOptions.Shared.GetTypeInfo(typeof(Service)))!;

    private static Service Changed(JsonElement step, ServiceRegistry registry)
    {
        var tree = Write(registry.Find(new ObjectKey("default", Name))!);
        var spec = tree["spec"]!.AsObject();
        foreach (var member in step.Members("set"))
        {
            spec[member.Name] = member.Value.ValueKind == JsonValueKind.Null ? null : JsonNode.Parse(member.Value.GetRawText());
        }

        return Read(tree);
    }

    private static JsonObject Show(Service service, HashSet<int> given, List<int> automatic)
    {
        var spec = Write(service).Object("spec")!;
        var shown = new JsonObject
        {
            ["hasClusterIP"] = service.Spec.ClusterIP.Length > 0,
            ["hasHealthCheckNodePort"] = service.Spec.HealthCheckNodePort > 0,
            ["ports"] = CaseJson.Nodes(service.Spec.Ports.Select(port => Show(port, given, automatic))),
        };
        foreach (var member in Shown)
        {
            if (spec[member] is { } value && !(value.GetValueKind() == JsonValueKind.String && value.GetValue<string>().Length == 0))
            {
                shown[member] = value.DeepClone();
            }
        }

        return shown;
    }

    private static JsonObject Show(ServicePort port, HashSet<int> given, List<int> automatic)
    {
        var shown = new JsonObject { ["name"] = port.Name, ["port"] = port.Port };
        if (port.TargetPort is { } target)
        {
            shown["targetPort"] = target.Number is { } number ? JsonValue.Create(number) : JsonValue.Create(target.Text);
        }

        if (port.NodePort != 0)
        {
            shown["nodePort"] = given.Contains(port.NodePort) ? JsonValue.Create(port.NodePort) : JsonValue.Create($"auto{Place(automatic, port.NodePort)}");
        }

        return shown;
    }

    private static int Place(List<int> automatic, int port)
    {
        if (!automatic.Contains(port))
        {
            automatic.Add(port);
        }

        return automatic.IndexOf(port) + 1;
    }
}
