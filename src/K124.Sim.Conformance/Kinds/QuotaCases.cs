using System.Text.Json;
using System.Text.Json.Nodes;
using K124.Sim.Api;
using K124.Sim.Kinds;

namespace K124.Sim.Conformance.Kinds;

/// <summary>Cases of several writes into a namespace with quotas.</summary>
internal static class QuotaCases
{
    private const string Ns = LimitRangeCases.Lower;

    /// <summary>Runs a case.</summary>
    public static CaseOutcome Verify(RecordedCase testCase)
    {
        var world = LimitRangeCases.WorldWithNamespace(testCase);
        foreach (var item in testCase.Json.GetProperty("quotas").EnumerateArray())
        {
            var quota = RecordedText.Read(item)!.AsObject();
            quota["metadata"]!["namespace"] = Ns;
            world.Put(KindsWorld.ResourceOf(quota), quota);
        }

        var expect = LimitRangeCases.Lowered(testCase.Expect);
        var differences = new List<string>();
        var index = 0;
        foreach (var step in testCase.Json.GetProperty("steps").EnumerateArray())
        {
            var recorded = expect.GetProperty("steps")[index];
            if (Step(world, step, recorded) is CaseOutcome.Differ differ)
            {
                differences.AddRange(differ.Details.Select(detail => $"steps[{index}].{detail}"));
            }

            index++;
        }

        foreach (var quota in expect.GetProperty("quotas").EnumerateObject())
        {
            var status = world.Get("", "resourcequotas", Ns, quota.Name)?["status"]?.DeepClone().AsObject();
            foreach (var (member, amounts) in status?.ToArray() ?? [])
            {
                if (amounts is JsonObject { Count: 0 })
                {
                    status!.Remove(member);
                }
            }

            differences.AddRange(Comparing.JsonDifference.Between($"quotas.{quota.Name}", JsonNode.Parse(quota.Value.GetRawText()), status));
        }

        return CaseOutcome.Of(differences);
    }

    private static CaseOutcome Step(KindsWorld world, JsonElement step, JsonElement recorded) => step.GetProperty("verb").GetString() switch
    {
        "create" => Create(world, step, recorded),
        "updateServiceType" => ChangeService(world, step, recorded),
        "bindAndGrowClaim" => GrowClaim(world, step, recorded),
        var verb => throw new JsonException($"unknown verb {verb}"),
    };

    private static CaseOutcome Create(KindsWorld world, JsonElement step, JsonElement recorded)
    {
        var body = RecordedText.Read(step.GetProperty("object"));
        var resource = KindsWorld.ResourceOf(body);
        var context = world.Context(isDryRun: false);
        var result = ObjectPipeline.Create(new() { Resource = resource, Namespace = Ns, Body = body }, context);
        return Finish(world, resource, result, context, recorded, 201);
    }

    private static CaseOutcome ChangeService(KindsWorld world, JsonElement step, JsonElement recorded)
    {
        var name = step.GetProperty("name").GetString()!;
        var stored = world.Get("", "services", Ns, name) ?? throw new JsonException($"no service {name}");
        var body = stored.DeepClone().AsObject();
        var spec = body["spec"]!.AsObject();
        var type = step.GetProperty("type").GetString()!;
        spec["type"] = type;
        if (type is "ClusterIP" or "ExternalName")
        {
            spec.Remove("externalTrafficPolicy");
            spec.Remove("allocateLoadBalancerNodePorts");
            foreach (var port in spec["ports"] as JsonArray ?? [])
            {
                port!.AsObject().Remove("nodePort");
            }
        }

        if (type != "LoadBalancer")
        {
            spec.Remove("allocateLoadBalancerNodePorts");
        }

        if (spec["ports"] is not JsonArray { Count: > 0 })
        {
            spec["ports"] = new JsonArray(new JsonObject { ["name"] = "a", ["port"] = 80, ["protocol"] = "TCP", ["targetPort"] = 80 });
        }

        return Update(world, KindsWorld.ResourceOf(body), name, body, stored, recorded);
    }

    private static CaseOutcome GrowClaim(KindsWorld world, JsonElement step, JsonElement recorded)
    {
        var name = step.GetProperty("name").GetString()!;
        var stored = world.Get("", "persistentvolumeclaims", Ns, name) ?? throw new JsonException($"no claim {name}");
        stored["status"] = new JsonObject { ["phase"] = "Bound", ["capacity"] = new JsonObject { ["storage"] = "1Gi" } };
        var body = stored.DeepClone().AsObject();
        body["spec"]!["resources"]!["requests"]!["storage"] = step.GetProperty("storage").GetString();
        return Update(world, KindsWorld.ResourceOf(body), name, body, stored, recorded);
    }

    private static CaseOutcome Update(KindsWorld world, ResourceType resource, string name, JsonObject body, JsonObject stored, JsonElement recorded)
    {
        var context = world.Context(isDryRun: false);
        var result = ObjectPipeline.Update(new() { Resource = resource, Namespace = Ns, Name = name, Body = body }, stored, context);
        return Finish(world, resource, result, context, recorded, 200);
    }

    private static CaseOutcome Finish(
        KindsWorld world, ResourceType resource, ApiResult<JsonObject> result, KindContext context, JsonElement recorded, int successCode)
    {
        if (result.Succeeded)
        {
            result.Value["metadata"]!["resourceVersion"] ??= "RV";
            world.Put(resource, result.Value);
            foreach (var charge in context.QuotaCharges)
            {
                var quota = world.Get("", "resourcequotas", charge.Namespace, charge.Name)!;
                foreach (var (name, used) in charge.Used)
                {
                    quota["status"]!["used"]![name] = used;
                }
            }
        }

        return WriteCases.Compare(recorded, result, resource.Kind, successCode);
    }
}
