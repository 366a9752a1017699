using K124.Sim.Preflight;

namespace K124.Sim.Tests.Preflight;

public sealed class PreflightRuleTests
{
    public static TheoryData<int> Cases { get; } = [.. Enumerable.Range(0, RuleCases.All.Length)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Rule_finds_what_it_is_for_and_nothing_else(int number)
    {
        var rule = RuleCases.All[number];

        var findings = rule.Findings();

        Assert.Equal(rule.Severity, findings.Length == 0 ? null : findings.Max(static finding => finding.Severity));
        Assert.Equal(rule.Field, findings.Length == 0 ? "" : findings[0].Field);
        Assert.All(findings, finding => Assert.True(finding.Severity <= PreflightRules.Find(rule.Rule).Worst));
    }

    [Fact]
    public void Every_rule_is_tried_both_ways_and_explained()
    {
        var explained = File.ReadAllText(Path.Combine(RepositoryRoot(), "docs", "preflight.md"));

        foreach (var rule in PreflightRules.All)
        {
            Assert.Contains(RuleCases.All, entry => entry.Rule == rule.Id && entry.Severity is not null);
            Assert.Contains(RuleCases.All, entry => entry.Rule == rule.Id && entry.Severity is null);
            Assert.Contains($"\n### {rule.Id}\n", explained, StringComparison.Ordinal);
        }

        Assert.Equal(PreflightRules.All.Length, PreflightRules.All.Select(static rule => rule.Id).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void What_a_controller_made_is_told_of_its_maker_alone()
    {
        const string Spec = "spec: {volumes: [{name: d, hostPath: {path: /var/run/docker.sock}}]}";
        var dump = new RuleCase("docker-socket", string.Join(
            "\n---\n",
            "{apiVersion: apps/v1, kind: DaemonSet, metadata: {name: agent, uid: u1}, spec: {template: {" + Spec + "}}}",
            "{apiVersion: v1, kind: Pod, metadata: {name: agent-1, ownerReferences: [{kind: DaemonSet, uid: u1, controller: true}]}, " + Spec + "}",
            "{apiVersion: v1, kind: Pod, metadata: {name: stray, ownerReferences: [{kind: DaemonSet, uid: u2, controller: true}]}, " + Spec + "}"));

        Assert.Equal(["DaemonSet agent", "Pod stray"], dump.Findings().Select(static finding => finding.Subject.ToString()));
    }

    [Fact]
    public void Order_of_the_input_does_not_count()
    {
        PreflightItem[] items = [.. RuleCases.All.Where(static entry => entry.Yaml.Length > 0).SelectMany(static (entry, i) => entry.Items($"{i}.yaml"))];

        var forwards = PreflightCheck.Run(new() { Items = [.. items] });
        var backwards = PreflightCheck.Run(new() { Items = [.. items.AsEnumerable().Reverse()] });

        Assert.NotEmpty(forwards.Findings);
        Assert.Equal(forwards.Findings.AsEnumerable(), backwards.Findings.AsEnumerable());
    }

    [Fact]
    public void Baseline_accepts_what_it_names_wherever_it_now_stands()
    {
        var before = PreflightCheck.Run(new() { Items = [Item("a.yaml")] });
        var baseline = PreflightBaseline.Of(before).ToJson();

        Assert.True(PreflightBaseline.TryParse(baseline, out var read, out _));
        var after = PreflightCheck.Run(new() { Items = [Item("b.yaml")] }, read);

        Assert.Single(before.Findings);
        Assert.Empty(after.Findings);
        Assert.Single(after.Accepted);
        Assert.False(PreflightBaseline.TryParse("[]", out _, out _));
    }

    private static PreflightItem Item(string file) =>
        new((System.Text.Json.Nodes.JsonObject)System.Text.Json.Nodes.JsonNode.Parse("""{"apiVersion":"extensions/v1beta1","kind":"Ingress","metadata":{"name":"a"}}""")!, file, 3);

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "K124.Sim.sln")))
        {
            folder = folder.Parent!;
        }

        return folder.FullName;
    }
}
