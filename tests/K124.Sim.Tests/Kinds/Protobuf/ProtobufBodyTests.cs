using K124.Sim.Kinds.Protobuf;
using K124.Sim.Kinds.Schema;
using K124.Sim.Text;

namespace K124.Sim.Tests.Kinds.Protobuf;

// The bodies are those that kubectl 1.32 sent.
public class ProtobufBodyTests
{
    [Theory]
    [InlineData(
        "azhzAAoPCgJ2MRIJQ29uZmlnTWFwEhwKEgoCY20SABoAIgAqADIAOABCABIGCgFhEgExGgAiAA==",
        """{"kind":"ConfigMap","apiVersion":"v1","metadata":{"name":"cm"},"data":{"a":"1"}}""")]
    [InlineData(
        "azhzAAoMCgJ2MRIGU2VjcmV0Eh0KEQoBcxIAGgAiACoAMgA4AEIAEgYKAWESATEaABoAIgA=",
        """{"kind":"Secret","apiVersion":"v1","metadata":{"name":"s"},"data":{"a":"MQ=="}}""")]
    [InlineData(
        "azhzAAoTCgJ2MRINUmVzb3VyY2VRdW90YRIlChEKAXESABoAIgAqADIAOABCABIOCgwKBHBvZHMSBAoCNTAaABoAIgA=",
        """{"kind":"ResourceQuota","apiVersion":"v1","metadata":{"name":"q"},"spec":{"hard":{"pods":"50"}}}""")]
    public void A_recorded_body_reads_as_its_JSON_would(string body, string expected)
    {
        Assert.True(ProtobufBody.TryRead(Convert.FromBase64String(body), out var tree));
        Assert.True(SchemaFacts.Instance.TryGetKind("", "v1", tree["kind"]!.GetValue<string>(), out var type));
        var decoded = ObjectDecoder.Decode(type, tree, out var error);

        Assert.Null(error);
        Assert.Equal(GoJson.WriteSorted(System.Text.Json.Nodes.JsonNode.Parse(expected)), GoJson.WriteSorted(decoded));
    }

    [Fact]
    public void A_body_that_breaks_off_is_refused()
    {
        var body = Convert.FromBase64String("azhzAAoPCgJ2MRIJQ29uZmlnTWFwEhwKEgoCY20SABoAIgAqADIAOABCABIGCgFhEgExGgAiAA==");

        for (var length = 0; length < 21; length++)
        {
            Assert.False(ProtobufBody.TryRead(body.AsSpan(0, length), out _));
        }
    }
}
