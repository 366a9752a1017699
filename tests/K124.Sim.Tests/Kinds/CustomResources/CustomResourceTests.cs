using System.Text;
using System.Text.Json.Nodes;
using K124.Sim.Kinds.CustomResources;
using K124.Sim.Text;

namespace K124.Sim.Tests.Kinds.CustomResources;

public class CustomResourceTests
{
    private const string Definition = """
        {"metadata":{"name":"widgets.example.com"},"spec":{"group":"example.com","scope":"Namespaced",
        "names":{"plural":"widgets","singular":"widget","kind":"Widget","listKind":"WidgetList","shortNames":["wd"]},
        "versions":[
        {"name":"v1","served":true,"storage":true,"subresources":{"status":{},"scale":{"specReplicasPath":".spec.replicas","statusReplicasPath":".status.replicas"}},
        "schema":{"openAPIV3Schema":{"type":"object","properties":{"spec":{"type":"object","required":["size"],"properties":{
        "size":{"type":"integer","minimum":1,"maximum":10},"color":{"type":"string","enum":["red","blue"],"default":"red"},
        "pat":{"type":"string","pattern":"^a+$","maxLength":5},"nul":{"type":"string","nullable":true},"plain":{"type":"string"},
        "list":{"type":"array","maxItems":3,"items":{"type":"object","properties":{"k":{"type":"string"},"v":{"type":"integer","default":7}}},
        "x-kubernetes-list-type":"map","x-kubernetes-list-map-keys":["k"]},"free":{"type":"object","x-kubernetes-preserve-unknown-fields":true},
        "ios":{"x-kubernetes-int-or-string":true},"any":{"anyOf":[{"type":"integer"},{"type":"string"}]}}}}}}},
        {"name":"v1beta1","served":true,"storage":false,"deprecated":true,"schema":{"openAPIV3Schema":{"type":"object","x-kubernetes-preserve-unknown-fields":true}}}]}}
        """;

    private static readonly CustomResourceDefinition Widgets = CustomResourceDefinition.Of(Tree(Definition));
    private static readonly CustomResourceKind V1 = new(Widgets, Widgets.Version("v1")!);
    private static readonly CustomResourceKind V1Beta1 = new(Widgets, Widgets.Version("v1beta1")!);

    [Fact]
    public void Reading_fills_in_defaults_and_drops_what_is_not_known()
    {
        var tree = V1.Read(Tree("""
            {"kind":"Widget","apiVersion":"example.com/v1","metadata":{"name":"w","nosuch":1},"extra":1,
            "spec":{"size":1,"color":null,"nul":null,"plain":null,"gone":2,"list":[{"k":"a","x":1}],"free":{"b":{"c":1}}}}
            """), out var error);

        Assert.Null(error);
        Assert.Equal(
            """{"apiVersion":"example.com/v1","kind":"Widget","metadata":{"name":"w"},"spec":{"color":"red","free":{"b":{"c":1}},"list":[{"k":"a","v":7}],"nul":null,"size":1}}""",
            GoJson.Write(tree));
    }

    [Theory]
    [InlineData("""{}""", "spec.size: Required value")]
    [InlineData("""{"size":0}""", "spec.size: Invalid value: 0: spec.size in body should be greater than or equal to 1")]
    [InlineData("""{"size":"3"}""", "spec.size: Invalid value: \"string\": spec.size in body must be of type integer: \"string\"")]
    [InlineData("""{"size":1.5}""", "spec.size: Invalid value: \"number\": spec.size in body must be of type integer: \"number\"")]
    [InlineData("""{"size":1,"pat":"b"}""", "spec.pat: Invalid value: \"b\": spec.pat in body should match '^a+$'")]
    [InlineData("""{"size":1,"pat":"aaaaaa"}""", "spec.pat: Too long: may not be longer than 5")]
    [InlineData("""{"size":1,"color":"green"}""", "spec.color: Unsupported value: \"green\": supported values: \"red\", \"blue\"")]
    [InlineData("""{"size":1,"ios":true}""", "spec.ios: Invalid value: \"boolean\": spec.ios in body must be of type integer,string: \"boolean\"")]
    [InlineData("""{"size":1,"list":[{"k":"1"},{"k":"1"}]}""", "spec.list[1]: Duplicate value: map[string]interface {}{\"k\":\"1\"}")]
    [InlineData("""{"size":1,"list":[{},{},{},{}]}""", "spec.list: Too many: 4: must have at most 3 items")]
    [InlineData("""{"size":1,"replicas":-1}""", "")]
    public void Validation_says_what_the_server_says(string spec, string expected)
    {
        var tree = V1.Read(Tree($$"""{"kind":"Widget","apiVersion":"example.com/v1","metadata":{"name":"w"},"spec":{{spec}}}"""), out _);
        var errors = SchemaValidation.Validate(tree, Widgets.StorageVersion.Schema).ToList();
        ListInvariants.Validate(tree, Widgets.StorageVersion.Schema, errors);

        Assert.Equal(expected, errors.FirstOrDefault()?.ToString() ?? "");
    }

    [Fact]
    public void A_value_that_fits_no_alternative_is_told_without_a_path()
    {
        var errors = SchemaValidation.Validate(Tree("""{"spec":{"size":1,"any":true}}"""), Widgets.StorageVersion.Schema);

        Assert.Equal("<nil>: Invalid value: \"\": \"spec.any\" must validate at least one schema (anyOf)", errors[0].ToString());
    }

    [Fact]
    public void Storing_in_another_version_loses_what_that_version_does_not_know()
    {
        var tree = V1Beta1.Read(Tree("""{"kind":"Widget","apiVersion":"example.com/v1beta1","metadata":{"name":"w"},"spec":{"size":1,"other":2}}"""), out _);
        var back = V1Beta1.FromStorage(V1Beta1.ToStorage(tree));

        Assert.Equal("""{"apiVersion":"example.com/v1beta1","kind":"Widget","metadata":{"name":"w"},"spec":{"color":"red","size":1}}""", GoJson.Write(back));
    }

    [Fact]
    public void A_deprecated_version_names_the_better_one() =>
        Assert.Equal("example.com/v1beta1 Widget is deprecated; use example.com/v1 Widget", Widgets.WarningFor(Widgets.Version("v1beta1")!));

    [Fact]
    public void Names_that_are_free_are_accepted_and_then_served()
    {
        var tree = Tree(Definition);

        Assert.True(CustomResourceNaming.Accept(tree, [], "t"));
        Assert.True(CustomResourceNaming.Establish(tree, "t"));
        Assert.False(CustomResourceNaming.Accept(tree, [], "u"));
        Assert.True(CustomResourceDefinition.Of(tree).IsEstablished);
        Assert.Equal("the initial names have been accepted", CustomResourceConditions.Find(tree, "Established")!["message"]!.GetValue<string>());
    }

    [Fact]
    public void Names_that_another_definition_has_are_refused()
    {
        var first = Tree(Definition);
        CustomResourceNaming.Accept(first, [], "t");
        var second = Tree(Definition.Replace("\"widgets\"", "\"gadgets\"", StringComparison.Ordinal));

        CustomResourceNaming.Accept(second, [first], "t");

        Assert.Equal("\"WidgetList\" is already in use", CustomResourceConditions.Find(second, "NamesAccepted")!["message"]!.GetValue<string>());
        Assert.False(CustomResourceNaming.Establish(second, "t"));
    }

    [Fact]
    public void A_deleted_definition_waits_for_its_objects()
    {
        var tree = Tree(Definition);

        CustomResourceDeletion.Begin(tree, "t");
        Assert.True(CustomResourceDefinition.Of(tree).IsTerminating);
        CustomResourceDeletion.Finish(tree, "t");

        Assert.Null(tree["metadata"]!["finalizers"]);
    }

    private static JsonObject Tree(string text)
    {
        Assert.Null(GoJson.TryParse(Encoding.UTF8.GetBytes(text), out var node));
        return node!.AsObject();
    }
}
