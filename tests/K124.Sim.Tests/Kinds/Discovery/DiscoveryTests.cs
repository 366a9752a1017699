using System.Text.Json.Nodes;
using K124.Sim.Kinds;
using K124.Sim.Kinds.Discovery;
using K124.Sim.Text;

namespace K124.Sim.Tests.Kinds.Discovery;

public class DiscoveryTests
{
    private static readonly List<ResourceType> Served = [.. ResourceTypes.Instance.All.Where(static r => r.IsServedByDefault)];

    [Fact]
    public void Groups_stand_in_the_order_of_their_priorities()
    {
        var groups = DiscoveryDocuments.Groups(Served)["groups"]!.AsArray();

        Assert.Equal("apiregistration.k8s.io", groups[0]!["name"]!.GetValue<string>());
        Assert.Equal("apps", groups[1]!["name"]!.GetValue<string>());
        var autoscaling = groups.Single(static g => g!["name"]!.GetValue<string>() == "autoscaling")!;
        Assert.Equal("v2,v1,v2beta1,v2beta2", string.Join(',', autoscaling["versions"]!.AsArray().Select(static v => v!["version"]!.GetValue<string>())));
    }

    [Fact]
    public void Entries_carry_the_hash_of_the_version_that_is_stored()
    {
        var resources = DiscoveryDocuments.Resources(Served, "apps/v1")!["resources"]!.AsArray();

        Assert.Equal("8aSe+NMegvE=", Entry(resources, "deployments")["storageVersionHash"]!.GetValue<string>());
        Assert.Equal(
            """{"name":"deployments/scale","singularName":"","namespaced":true,"group":"autoscaling","version":"v1","kind":"Scale","verbs":["get","patch","update"]}""",
            GoJson.Write(Entry(resources, "deployments/scale")));
        Assert.Null(DiscoveryDocuments.Resources(Served, "apps/v2"));
    }

    [Fact]
    public void Schemas_of_a_version_hold_what_its_operations_lead_to()
    {
        var documents = new OpenApiDocuments("v1.24.0", Served, []);
        var policy = documents.Version3("apis/policy/v1")!;
        var schemas = policy.Tree["components"]!["schemas"]!.AsObject();

        Assert.True(schemas.ContainsKey("io.k8s.api.policy.v1.PodDisruptionBudget"));
        Assert.False(schemas.ContainsKey("io.k8s.api.core.v1.Pod"));
        Assert.Equal(
            $"/openapi/v3/apis/policy/v1?hash={policy.Hash}",
            documents.Version3Index()["paths"]!["apis/policy/v1"]!["serverRelativeURL"]!.GetValue<string>());
        Assert.Null(documents.Version3("apis/nope/v1"));
    }

    private static JsonObject Entry(JsonArray resources, string name) =>
        resources.Single(r => r!["name"]!.GetValue<string>() == name)!.AsObject();
}
