using System.Xml.Linq;

namespace K124.Sim.Tests.Cli;

public sealed class PreflightCommandTests : IDisposable
{
    private const string Old = "apiVersion: v1\nkind: List\nitems:\n- apiVersion: policy/v1beta1\n  kind: PodDisruptionBudget\n  metadata: {name: web, namespace: shop}\n";
    private const string Gone = "apiVersion: extensions/v1beta1\nkind: Ingress\nmetadata: {name: web, namespace: shop}\n";

    private readonly CliHarness _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void Exit_code_tells_the_worst_severity()
    {
        Assert.Equal(0, CliHarness.Run("preflight", "--cluster", _files.Write("new.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n")).Code);
        Assert.Equal(3, CliHarness.Run("preflight", "--cluster", _files.Write("old.yaml", Old)).Code);
        Assert.Equal(1, CliHarness.Run("preflight", "--manifests", _files.Write("gone.yaml", Gone)).Code);
        Assert.Equal(2, CliHarness.Run("preflight").Code);
        Assert.Equal(2, CliHarness.Run("preflight", "--cluster", Path.Combine(_files.Folder, "none.json")).Code);
    }

    [Fact]
    public void Json_names_object_field_place_and_link()
    {
        var run = CliHarness.Run("preflight", "--manifests", _files.Write("gone.yaml", "# one\n" + Gone), "-o", "json", "--to", "1.24.4");

        var finding = Assert.Single(run.Json().GetProperty("findings").EnumerateArray());
        Assert.Equal("1.24.4", run.Json().GetProperty("release").GetString());
        Assert.Equal("api-not-served", finding.GetProperty("rule").GetString());
        Assert.Equal("BLOCK", finding.GetProperty("severity").GetString());
        Assert.Equal("Ingress", finding.GetProperty("objectKind").GetString());
        Assert.Equal("apiVersion", finding.GetProperty("field").GetString());
        Assert.Equal("docs/preflight.md#api-not-served", finding.GetProperty("link").GetString());
        Assert.Equal(2, finding.GetProperty("line").GetInt64());
    }

    [Fact]
    public void Flags_and_files_of_kubelets_are_judged()
    {
        var flags = _files.Write("kubeadm-flags.env", "KUBELET_KUBEADM_ARGS=\"--network-plugin=cni --pod-infra-container-image=k8s.gcr.io/pause:3.5\"\n");
        var config = _files.Write("config.yaml", "apiVersion: kubelet.config.k8s.io/v1beta1\nkind: KubeletConfiguration\nfeatureGates: {DynamicKubeletConfig: true}\n");

        var run = CliHarness.Run("preflight", "--kubelet-config", flags, config);

        Assert.Equal(1, run.Code);
        Assert.Contains("--network-plugin", run.Output, StringComparison.Ordinal);
        Assert.Contains("DynamicKubeletConfig", run.Output, StringComparison.Ordinal);
        Assert.Contains("--pod-infra-container-image", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Baseline_makes_findings_count_no_more()
    {
        var gone = _files.Write("gone.yaml", Gone);
        var baseline = Path.Combine(_files.Folder, "baseline.json");

        Assert.Equal(1, CliHarness.Run("preflight", "--manifests", gone, "--write-baseline", baseline).Code);
        var run = CliHarness.Run("preflight", "--manifests", gone, "--baseline", baseline);

        Assert.Equal(0, run.Code);
        Assert.Contains("1 more accepted by the baseline", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_shows_each_rule_and_its_objects_and_runs_nothing()
    {
        var run = CliHarness.Run("preflight", "--manifests", _files.Write("gone.yaml", Gone), _files.Write("old.yaml", Old), "-o", "html");

        Assert.Equal(1, run.Code);
        Assert.StartsWith("<!DOCTYPE html>", run.Output, StringComparison.Ordinal);
        Assert.Contains("1 blocking, 1 warnings.", run.Output, StringComparison.Ordinal);
        Assert.Contains("gone.yaml", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", run.Output.Replace("<script type=\"application/json\"", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void Sarif_and_JUnit_say_the_same()
    {
        var (gone, old) = (_files.Write("m/gone.yaml", Gone), _files.Write("m/old.yaml", Old));

        var sarif = CliHarness.Run("preflight", "--manifests", gone, old, "-o", "sarif").Json();
        var junit = XDocument.Parse(CliHarness.Run("preflight", "--manifests", gone, old, "-o", "junit").Output);

        var results = sarif.GetProperty("runs")[0].GetProperty("results").EnumerateArray().ToArray();
        Assert.Equal("2.1.0", sarif.GetProperty("version").GetString());
        Assert.Equal(["error", "warning"], results.Select(static result => result.GetProperty("level").GetString()));
        Assert.Equal(1, results[0].GetProperty("locations")[0].GetProperty("physicalLocation").GetProperty("region").GetProperty("startLine").GetInt32());
        Assert.Single(junit.Descendants("failure"));
        Assert.Single(junit.Descendants("system-out"));
    }
}
