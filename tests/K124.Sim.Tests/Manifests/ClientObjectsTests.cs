using K124.Sim.Model;
using k8s.Models;

namespace K124.Sim.Tests.Manifests;

/// <summary>Objects of the official C# client come in through their JSON; docs/loading.md shows this code.</summary>
public sealed class ClientObjectsTests
{
    [Fact]
    public void Pod_of_the_official_client_comes_in_through_its_json()
    {
        var theirs = new V1Pod
        {
            ApiVersion = "v1",
            Kind = "Pod",
            Metadata = new() { Name = "web", NamespaceProperty = "shop", Labels = new Dictionary<string, string> { ["app"] = "web" } },
            Spec = new()
            {
                Containers = [new() { Name = "web", Resources = new() { Requests = new Dictionary<string, ResourceQuantity> { ["cpu"] = new("250m"), ["memory"] = new("1Gi") } } }],
                Tolerations = [new() { Key = "k", OperatorProperty = "Exists", Effect = "NoSchedule" }],
            },
        };

        var pod = K124.Sim.Model.KubernetesJson.Deserialize<Pod>(k8s.KubernetesJson.Serialize(theirs));

        Assert.Equal(new("shop", "web"), ObjectKey.Of(pod));
        Assert.Equal("web", pod.Metadata.Labels["app"]);
        Assert.Equal(250, pod.Spec.Containers[0].Resources.Requests["cpu"].MilliValue());
        Assert.Equal(1L << 30, pod.Spec.Containers[0].Resources.Requests["memory"].Value());
        Assert.Equal("Exists", pod.Spec.Tolerations[0].Operator);
    }

    [Fact]
    public void Node_of_the_official_client_comes_in_through_its_json()
    {
        var theirs = new V1Node
        {
            ApiVersion = "v1",
            Kind = "Node",
            Metadata = new() { Name = "a" },
            Spec = new() { Unschedulable = true, Taints = [new() { Key = "k", Value = "v", Effect = "NoExecute" }] },
            Status = new() { Allocatable = new Dictionary<string, ResourceQuantity> { ["cpu"] = new("4"), ["pods"] = new("110") } },
        };

        var node = K124.Sim.Model.KubernetesJson.Deserialize<Node>(k8s.KubernetesJson.Serialize(theirs));

        Assert.True(node.Spec.Unschedulable);
        Assert.Equal(new Taint { Key = "k", Value = "v", Effect = "NoExecute" }, node.Spec.Taints.Single());
        Assert.Equal(110, node.Status.Allocatable["pods"].Value());
    }
}
