using FsCheck;
using FsCheck.Fluent;
using K124.Sim.Model;

namespace K124.Sim.Tests;

public sealed class ClusterTests
{
    private enum Step
    {
        Add,
        Replace,
        Remove,
    }

    [Fact]
    public void Any_sequence_of_changes_equals_a_list_in_order_of_adding() =>
        Prop.ForAll(Arb.From(Steps, Shrinking.DropChunks), BehavesLikeList).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void Change_leaves_the_old_snapshot_as_it_was()
    {
        var before = Cluster.Of(NodeOf("a", "1"));
        var after = before.Add(NodeOf("b", "1")).Replace(NodeOf("a", "2")).Remove<Node>(new("", "b"));
        Assert.Equal(["1"], before.Nodes.Select(static node => node.Metadata.ResourceVersion));
        Assert.Equal(["2"], after.Nodes.Select(static node => node.Metadata.ResourceVersion));
        Assert.Same(before.Pods, after.Pods);
    }

    [Fact]
    public void Objects_of_one_name_live_in_several_namespaces_and_kinds()
    {
        var cluster = Cluster.Of(PodOf("x", "a"), PodOf("y", "a"), NodeOf("a", ""));
        Assert.Equal(3, cluster.Count);
        Assert.NotNull(cluster.Pods.Find("a", "y"));
        Assert.Null(cluster.Pods.Find("a"));
    }

    [Fact]
    public void Duplicate_is_refused_with_its_name()
    {
        var error = Assert.Throws<ArgumentException>(() => Cluster.Of(PodOf("x", "a"), PodOf("x", "a")));
        Assert.Contains("There is already a Pod 'x/a'.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Object_without_a_name_is_refused() => Assert.Throws<ArgumentException>(() => Cluster.Of(new Node()));

    [Fact]
    public void Replacing_or_removing_what_is_not_there_is_refused()
    {
        Assert.Throws<KeyNotFoundException>(() => Cluster.Empty.Replace(NodeOf("a", "")));
        Assert.Throws<KeyNotFoundException>(() => Cluster.Empty.Remove<Node>(new("", "a")));
    }

    private static Gen<(Step Step, int Name)[]> Steps =>
        from steps in Gen.Elements(Step.Add, Step.Add, Step.Replace, Step.Remove).Zip(Gen.Choose(0, 5)).ListOf()
        select steps.Select(static step => (step.Item1, step.Item2)).ToArray();

    private static bool BehavesLikeList((Step Step, int Name)[] steps)
    {
        var cluster = Cluster.Empty;
        var model = new List<(string Name, string Version)>();
        for (var i = 0; i < steps.Length; i++)
        {
            var name = $"n{steps[i].Name}";
            var version = $"{i}";
            var index = model.FindIndex(node => node.Name == name);
            switch (steps[i].Step)
            {
                case Step.Add when index < 0:
                    cluster = cluster.Add(NodeOf(name, version));
                    model.Add((name, version));
                    break;
                case Step.Replace when index >= 0:
                    cluster = cluster.Replace(NodeOf(name, version));
                    model[index] = (name, version);
                    break;
                case Step.Remove when index >= 0:
                    cluster = cluster.Remove<Node>(new("", name));
                    model.RemoveAt(index);
                    break;
            }

            if (!cluster.Nodes.Select(static node => (node.Metadata.Name, node.Metadata.ResourceVersion)).SequenceEqual(model)
                || !model.TrueForAll(entry => cluster.Nodes[new("", entry.Name)].Metadata.ResourceVersion == entry.Version))
            {
                return false;
            }
        }

        return true;
    }

    private static Node NodeOf(string name, string version) => new() { Metadata = new() { Name = name, ResourceVersion = version } };

    private static Pod PodOf(string ns, string name) => new() { Metadata = new() { Name = name, Namespace = ns } };
}
