using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using K124.Sim.Model;

namespace K124.Sim.Tests.Model;

public sealed class KubernetesJsonProperties
{
    private static readonly Config Some = Config.QuickThrowOnFailure.WithMaxTest(400);

    public static TheoryData<string> Kinds => [.. ApiKind.All.Select(static kind => kind.Kind)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Reading_what_was_written_gives_the_same_object(string name)
    {
        var kind = ApiKind.All.Single(kind => kind.Kind == name);
        for (var seed = 0; seed < 40; seed++)
        {
            var item = Arbitraries.Make(kind, seed);
            var text = KubernetesJson.Serialize(item);
            Assert.Equal(text, KubernetesJson.Serialize(item));
            var read = Read(kind.Type, text);
            Assert.Equal(item, read);
            Assert.Equal(text, KubernetesJson.Serialize(read));
        }
    }

    [Fact]
    public void Empty_members_are_left_out() => Prop.ForAll(Arbitraries.Objects, static item =>
        Members(JsonNode.Parse(KubernetesJson.Serialize(item))!).All(static member =>
            member.Owner[member.Name] is { } value && value is not JsonArray { Count: 0 } && value.ToJsonString() != "\"\"")).Check(Some);

    [Fact]
    public void Null_member_is_as_an_absent_one() => Prop.ForAll(Arbitraries.Objects, Arb.From(Gen.Choose(0, int.MaxValue)), static (item, pick) =>
    {
        var root = JsonNode.Parse(KubernetesJson.Serialize(item))!;
        var members = Members(root).ToArray();
        var (owner, name) = members[pick % members.Length];
        owner[name] = null;
        var withNull = Read(item.GetType(), root.ToJsonString());
        owner.Remove(name);
        return withNull.Equals(Read(item.GetType(), root.ToJsonString()));
    }).Check(Some);

    [Fact]
    public void Unknown_members_are_ignored() => Prop.ForAll(Arbitraries.Objects, static item =>
    {
        var root = JsonNode.Parse(KubernetesJson.Serialize(item))!.AsObject();
        foreach (var owner in new[] { root, root["metadata"] as JsonObject, root["spec"] as JsonObject, root["status"] as JsonObject })
        {
            owner?.Insert(0, "notOfThisRelease", new JsonObject { ["deep"] = new JsonArray(1, "x", null) });
        }

        return item.Equals(Read(item.GetType(), root.ToJsonString()));
    }).Check(Some);

    [Fact]
    public void Wrong_type_at_any_member_is_refused() => Prop.ForAll(Arbitraries.Objects, Arb.From(Gen.Choose(0, int.MaxValue)), static (item, pick) =>
    {
        var root = JsonNode.Parse(KubernetesJson.Serialize(item))!;
        var members = Members(root).Where(member => (member.Name != "kind" || !IsApiObject(member.Owner)) && !IsOpen(item, member.Name)).ToArray();
        var (owner, name) = members[pick % members.Length];
        owner[name] = owner[name] is JsonObject || (owner[name] is JsonValue && pick % 2 == 0) ? new JsonArray() : new JsonObject();
        Assert.ThrowsAny<JsonException>(() => Read(item.GetType(), root.ToJsonString()));
    }).Check(Some);

    [Theory]
    [InlineData("80", 80, null)]
    [InlineData("\"http\"", null, "http")]
    [InlineData("\"80\"", null, "80")]
    [InlineData("-2147483648", int.MinValue, null)]
    public void IntOrString_is_read_and_written(string json, int? number, string? text)
    {
        var budget = KubernetesJson.Deserialize<PodDisruptionBudget>($$$"""{"spec":{"minAvailable":{{{json}}}}}""");
        Assert.Equal(number, budget.Spec.MinAvailable!.Value.Number);
        Assert.Equal(text, budget.Spec.MinAvailable.Value.Text);
        Assert.Contains($"\"minAvailable\":{json}", KubernetesJson.Serialize(budget), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2147483648")]
    [InlineData("1.5")]
    [InlineData("true")]
    [InlineData("[]")]
    public void IntOrString_of_another_type_is_refused(string json) =>
        Assert.Throws<JsonException>(() => KubernetesJson.Deserialize<PodDisruptionBudget>($$$"""{"spec":{"minAvailable":{{{json}}}}}"""));

    /// <summary>No class is not the default class, and a finished expansion is not one that never was.</summary>
    [Theory]
    [InlineData("PersistentVolumeClaim", """{"spec":{"storageClassName":""},"status":{"resizeStatus":""}}""")]
    [InlineData("PersistentVolume", """{"spec":{"azureDisk":{"diskName":"d","diskURI":"u","cachingMode":"","fsType":"","readOnly":false}}}""")]
    [InlineData("PersistentVolume", """{"spec":{"azureFile":{"secretName":"s","shareName":"sh","secretNamespace":""}}}""")]
    public void Empty_text_that_says_something_is_written(string kind, string json)
    {
        var type = ApiKind.Find("v1", kind)!.Type;
        var item = Read(type, json);
        Assert.Equal(item, Read(type, KubernetesJson.Serialize(item)));
        Assert.Contains(":\"\"", KubernetesJson.Serialize(item), StringComparison.Ordinal);
    }

    /// <summary>Whether the type of an object is known before its kind is read: at the top, and for a claim in a StatefulSet.</summary>
    private static bool IsApiObject(JsonNode item) => item.Parent is null || item.Parent.GetPath().EndsWith("volumeClaimTemplates", StringComparison.Ordinal);

    /// <summary>Whether a member may hold any JSON.</summary>
    private static bool IsOpen(IApiObject item, string member) => member == "managedFields" || (item is ControllerRevision && member == "data");

    private static IApiObject Read(Type type, string text)
    {
        var read = typeof(KubernetesJson).GetMethod(nameof(KubernetesJson.Deserialize), [typeof(string)])!.MakeGenericMethod(type);
        return (IApiObject)read.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [text], null)!;
    }

    private static IEnumerable<(JsonObject Owner, string Name)> Members(JsonNode node) => node switch
    {
        JsonObject owner => owner.SelectMany(member => (member.Value is null ? [] : Members(member.Value)).Prepend((owner, member.Key))),
        JsonArray items => items.SelectMany(static item => item is null ? [] : Members(item)),
        _ => [],
    };
}
