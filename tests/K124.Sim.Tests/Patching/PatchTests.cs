using System.Text;
using System.Text.Json.Nodes;
using K124.Sim.Kinds.Schema;
using K124.Sim.Patching;
using K124.Sim.Patching.Strategic;
using K124.Sim.Text;

namespace K124.Sim.Tests.Patching;

public class PatchTests
{
    private const string Deployment = """
        {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"d","finalizers":["example.com/a","example.com/b"]},
        "spec":{"template":{"spec":{"containers":[{"name":"c","image":"i:1","env":[{"name":"A","value":"1"}]},{"name":"d","image":"j:1"}],
        "volumes":[{"name":"v","emptyDir":{}}],"tolerations":[{"key":"a"}]}}}}
        """;

    // The examples of RFC 7386, appendix A, as far as they are about objects.
    [Theory]
    [InlineData("""{"a":"b"}""", """{"a":"c"}""", """{"a":"c"}""")]
    [InlineData("""{"a":"b"}""", """{"b":"c"}""", """{"a":"b","b":"c"}""")]
    [InlineData("""{"a":"b"}""", """{"a":null}""", "{}")]
    [InlineData("""{"a":"b","b":"c"}""", """{"a":null}""", """{"b":"c"}""")]
    [InlineData("""{"a":["b"]}""", """{"a":"c"}""", """{"a":"c"}""")]
    [InlineData("""{"a":"c"}""", """{"a":["b"]}""", """{"a":["b"]}""")]
    [InlineData("""{"a":{"b":"c"}}""", """{"a":{"b":"d","c":null}}""", """{"a":{"b":"d"}}""")]
    [InlineData("""{"a":[{"b":"c"}]}""", """{"a":[1]}""", """{"a":[1]}""")]
    [InlineData("""{"e":null}""", """{"a":1}""", """{"a":1,"e":null}""")]
    [InlineData("{}", """{"a":{"bb":{"ccc":null}}}""", """{"a":{"bb":{}}}""")]
    public void Merge_patch_follows_the_examples_of_its_standard(string current, string patch, string expected)
    {
        var result = MergePatch.Apply(Tree(current), Encoding.UTF8.GetBytes(patch));

        Assert.Equal(expected, GoJson.Write(result.Value));
    }

    [Fact]
    public void Merge_patch_that_is_a_list_takes_the_place_of_the_object()
    {
        Assert.Equal("[1]", GoJson.Write(MergePatch.Apply(Tree("{}"), "[1]"u8).Value));
        Assert.Equal("Invalid JSON Patch", MergePatch.Apply(Tree("{}"), "1"u8).Status!.Message);
    }

    [Theory]
    [InlineData("""[{"op":"add","path":"/a/1","value":"x"}]""", """{"a":["b","x","c"],"m":{"k":1}}""")]
    [InlineData("""[{"op":"add","path":"/a/-","value":"x"}]""", """{"a":["b","c","x"],"m":{"k":1}}""")]
    [InlineData("""[{"op":"remove","path":"/a/-1"}]""", """{"a":["b"],"m":{"k":1}}""")]
    [InlineData("""[{"op":"replace","path":"/m/k","value":null}]""", """{"a":["b","c"],"m":{"k":null}}""")]
    [InlineData("""[{"op":"move","from":"/m/k","path":"/n"}]""", """{"a":["b","c"],"m":{},"n":1}""")]
    [InlineData("""[{"op":"copy","from":"/a","path":"/m/a"}]""", """{"a":["b","c"],"m":{"a":["b","c"],"k":1}}""")]
    [InlineData("""[{"op":"test","path":"/nothing","value":null},{"op":"add","path":"/m/x~1y","value":2}]""", """{"a":["b","c"],"m":{"k":1,"x/y":2}}""")]
    [InlineData("null", """{"a":["b","c"],"m":{"k":1}}""")]
    public void Json_patch_changes_the_document(string patch, string expected)
    {
        var result = JsonPatch.Apply(Tree("""{"a":["b","c"],"m":{"k":1}}"""), Encoding.UTF8.GetBytes(patch));

        Assert.Equal(expected, GoJson.Write(result.Value));
    }

    [Theory]
    [InlineData("""[{"op":"replace","path":"/gone","value":1}]""")]
    [InlineData("""[{"op":"add","path":"/no/parent","value":1}]""")]
    [InlineData("""[{"op":"add","path":"","value":{}}]""")]
    [InlineData("""[{"op":"remove","path":"/a/2"}]""")]
    [InlineData("""[{"op":"test","path":"/a/0","value":"c"}]""")]
    [InlineData("""[{"op":"frob","path":"/a"}]""")]
    public void Json_patch_that_does_not_fit_is_rejected_without_a_reason(string patch)
    {
        var status = JsonPatch.Apply(Tree("""{"a":["b","c"]}"""), Encoding.UTF8.GetBytes(patch)).Status;

        Assert.Equal((422, "the server rejected our request due to an error in our request"), (status!.Code, status.Message));
    }

    [Theory]
    [InlineData("{}", "json: cannot unmarshal object into Go value of type jsonpatch.Patch")]
    [InlineData("[1]", "json: cannot unmarshal number into Go value of type jsonpatch.Operation")]
    [InlineData("{not json", "invalid character 'n' looking for beginning of object key string")]
    public void Json_patch_that_is_none_is_a_bad_request(string patch, string message) =>
        Assert.Equal(message, JsonPatch.Apply(Tree("{}"), Encoding.UTF8.GetBytes(patch)).Status!.Message);

    [Theory]
    [InlineData("""{"spec":{"template":{"spec":{"containers":[{"name":"e"}]}}}}""", "e:,c:i:1,d:j:1")]
    [InlineData("""{"spec":{"template":{"spec":{"containers":[{"name":"d","$patch":"delete"},{"name":"c","image":"i:2"}]}}}}""", "c:i:2")]
    [InlineData("""{"spec":{"template":{"spec":{"$setElementOrder/containers":[{"name":"d"},{"name":"c"}]}}}}""", "d:j:1,c:i:1")]
    [InlineData("""{"spec":{"template":{"spec":{"containers":[{"$patch":"replace"},{"name":"x","image":"y"}]}}}}""", "x:y")]
    public void Strategic_patch_merges_containers_by_name(string patch, string expected)
    {
        var result = Strategic(patch).Value!;

        var containers = result["spec"]!["template"]!["spec"]!["containers"]!.AsArray();
        Assert.Equal(expected, string.Join(',', containers.Select(static c => $"{c!["name"]}:{c["image"]}")));
    }

    [Fact]
    public void Strategic_patch_keeps_primitive_lists_as_sets_and_the_rest_as_told()
    {
        var result = Strategic("""
            {"metadata":{"$deleteFromPrimitiveList/finalizers":["example.com/a"],"finalizers":["example.com/c"]},
            "spec":{"template":{"spec":{"tolerations":[{"key":"z"}],"volumes":[{"name":"v","$retainKeys":["name","hostPath"],"hostPath":{"path":"/h"}}]}}}}
            """).Value!;

        Assert.Equal("""["example.com/c","example.com/b"]""", GoJson.Write(result["metadata"]!["finalizers"]));
        Assert.Equal("""[{"key":"z"}]""", GoJson.Write(result["spec"]!["template"]!["spec"]!["tolerations"]));
        Assert.Equal("""[{"hostPath":{"path":"/h"},"name":"v"}]""", GoJson.WriteSorted(result["spec"]!["template"]!["spec"]!["volumes"]));
    }

    [Theory]
    [InlineData("""{"spec":{"template":{"spec":{"containers":[{"image":"nokey"}]}}}}""", 500, "map: map[image:nokey] does not contain declared merge key: name")]
    [InlineData("""{"metadata":{"labels":{"$patch":"frob"}},"spec":{"$patch":"frob"}}""", 500, "unknown patch type: frob in map: map[$patch:frob]")]
    [InlineData("[1]", 400, "json: cannot unmarshal array into Go value of type map[string]interface {}")]
    [InlineData(
        """{"spec":{"replicas":"x"}}""",
        422,
        " \"\" is invalid: patch: Invalid value: \"map[spec:map[replicas:x]]\": unrecognized type: int32")]
    [InlineData(
        """{"spec":{"template":{"spec":{"containers":"str"}}}}""",
        422,
        " \"\" is invalid: patch: Invalid value: \"map[spec:map[template:map[spec:map[containers:str]]]]\": cannot restore slice from string")]
    public void Strategic_patch_errors_read_as_those_of_the_server(string patch, int code, string message)
    {
        var status = Strategic(patch).Status!;

        Assert.Equal((code, message), (status.Code, status.Message));
    }

    private static K124.Sim.Api.ApiResult<JsonObject> Strategic(string patch) =>
        StrategicMergePatch.Apply(Tree(Deployment), Encoding.UTF8.GetBytes(patch), SchemaFacts.Instance.Type("api.apps.v1.Deployment"));

    private static JsonObject Tree(string text)
    {
        Assert.Null(GoJson.TryParse(Encoding.UTF8.GetBytes(text), out var node));
        return node!.AsObject();
    }
}
