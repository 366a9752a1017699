using System.Text;
using System.Text.Json.Nodes;
using K124.Sim.Patching.Apply;
using K124.Sim.Patching.Typing;
using K124.Sim.Text;

namespace K124.Sim.Tests.Patching;

public class ApplyTests
{
    private const string Now = "2022-05-03T00:00:00Z";
    private const string Later = "2022-05-03T00:00:01Z";

    private static readonly FieldManager Deployments = new(new()
    {
        ApiVersion = "apps/v1",
        Kind = "Deployment",
        TypeOf = BuiltInTypes.Instance.Of,
        ResetFields = ResetFields.Of("apps", "deployments", "", ["apps/v1"]),
    });

    [Fact]
    public void A_create_owns_what_it_says_and_what_its_types_always_hold()
    {
        var created = Deployment("""{"replicas":1,"template":{"spec":{"containers":[{"name":"c","image":"i"}]}}}""");

        Deployments.Update(null, created, "creator", Now);

        Assert.Equal(
            """{"f:spec":{"f:replicas":{},"f:template":{"f:spec":{"f:containers":{"k:{\"name\":\"c\"}":{".":{},"f:image":{},"f:name":{},"f:resources":{}}}}}}}""",
            Fields(created, "creator"));
    }

    [Fact]
    public void A_second_application_changes_nothing()
    {
        var config = Deployment("""{"replicas":1,"template":{"spec":{"containers":[{"name":"c","image":"i"}]}}}""");
        var first = Deployments.Apply(null, config, "m", force: false, Now).Value!;
        var second = Deployments.Apply(first, config, "m", force: false, Later).Value!;

        Assert.True(GoJson.AreEqual(first, second));
    }

    [Fact]
    public void A_value_that_another_owns_is_a_conflict_until_it_is_forced()
    {
        var live = Deployments.Apply(null, Deployment("""{"replicas":1}"""), "a", force: false, Now).Value!;
        var other = Deployment("""{"replicas":2}""");

        var refused = Deployments.Apply(live, other, "b", force: false, Later);
        var forced = Deployments.Apply(live, other, "b", force: true, Later).Value!;

        Assert.Equal("Apply failed with 1 conflict: conflict with \"a\": .spec.replicas", refused.Status!.Message);
        Assert.Equal(2, forced["spec"]!["replicas"]!.GetValue<long>());
        Assert.Equal("", Fields(forced, "a"));
    }

    [Fact]
    public void What_the_applier_gives_up_goes_unless_somebody_else_has_it()
    {
        var live = Deployments.Apply(null, Deployment("""{"replicas":1,"paused":true}"""), "a", force: false, Now).Value!;
        live = Deployments.Apply(live, Deployment("""{"paused":true}"""), "b", force: false, Now).Value!;

        var rest = Deployments.Apply(live, Deployment("{}"), "a", force: false, Later).Value!;

        Assert.Equal("""{"paused":true}""", GoJson.Write(rest["spec"]));
    }

    [Fact]
    public void What_was_there_before_anybody_applied_gets_an_owner()
    {
        var live = Deployment("""{"replicas":1}""");
        live["metadata"]!["uid"] = "u";

        var applied = Deployments.Apply(live, Deployment("""{"paused":true}"""), "a", force: false, Now).Value!;

        Assert.Equal("""{"f:spec":{"f:replicas":{}}}""", Fields(applied, "before-first-apply"));
    }

    [Fact]
    public void Old_writers_become_one()
    {
        JsonObject? live = null;
        for (var i = 0; i < 13; i++)
        {
            var next = live?.DeepClone().AsObject() ?? Deployment("{}");
            next["metadata"]!["uid"] = "u";
            next["metadata"]!["labels"] ??= new JsonObject();
            next["metadata"]!["labels"]![$"l{i:00}"] = "x";
            Deployments.Update(live, next, $"w{i:00}", $"2022-05-03T00:00:{i:00}Z");
            live = next;
        }

        Assert.Equal(10, live!["metadata"]!["managedFields"]!.AsArray().Count);
        Assert.Equal("""{"f:metadata":{"f:labels":{".":{},"f:l00":{},"f:l01":{},"f:l02":{},"f:l03":{}}}}""", Fields(live, "ancient-changes"));
    }

    [Fact]
    public void A_scale_takes_the_replicas_over_from_the_object()
    {
        var parent = Deployment("""{"replicas":1,"paused":true}""");
        Deployments.Update(null, parent, "creator", Now);
        var paths = new Dictionary<string, K124.Sim.Patching.Fields.FieldSet> { ["apps/v1"] = K124.Sim.Patching.Fields.FieldSet.OfFields("spec", "replicas") };

        var scale = new JsonObject { ["metadata"] = new JsonObject { ["managedFields"] = ScaleFields.ToScale(parent, paths) } };
        parent["metadata"]!["managedFields"] = ScaleFields.ToParent(parent, scale, "apps/v1", paths);

        Assert.Equal(2, parent["metadata"]!["managedFields"]!.AsArray().Count);
    }

    [Theory]
    [InlineData("""{"apiVersion":"v1","kind":"Deployment"}""", 400, "Incorrect version specified in apply patch. Specified patch version: v1, expected: apps/v1")]
    [InlineData("""{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"managedFields":[]}}""", 400, "metadata.managedFields must be nil")]
    [InlineData(
        """{"apiVersion":"apps/v1","kind":"Nope","metadata":{"name":"x"}}""",
        500,
        "failed to create typed patch object (/x; apps/v1, Kind=Nope): no corresponding type for apps/v1, Kind=Nope")]
    [InlineData(
        """{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"x"},"spec":{"nosuch":1}}""",
        500,
        "failed to create typed patch object (/x; apps/v1, Kind=Deployment): .spec.nosuch: field not declared in schema")]
    public void A_configuration_that_cannot_be_applied_is_told_as_the_server_tells_it(string config, int code, string message)
    {
        var status = Deployments.Apply(null, Tree(config), "m", force: false, Now).Status!;

        Assert.Equal((code, message), (status.Code, status.Message));
    }

    private static string Fields(JsonObject tree, string manager) => GoJson.Write(
        tree["metadata"]!["managedFields"]!.AsArray().FirstOrDefault(e => e!["manager"]!.GetValue<string>() == manager)?["fieldsV1"]) is var text && text == "null" ? "" : text;

    private static JsonObject Deployment(string spec) =>
        Tree($$"""{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"d"},"spec":{{spec}}}""");

    private static JsonObject Tree(string text)
    {
        Assert.Null(GoJson.TryParse(Encoding.UTF8.GetBytes(text), out var node));
        return node!.AsObject();
    }
}
