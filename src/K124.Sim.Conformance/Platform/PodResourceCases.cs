using System.Globalization;
using System.Text.Json.Nodes;
using K124.Sim.Model;
using K124.Sim.Pods.Resources;

namespace K124.Sim.Conformance.Platform;

/// <summary>What a pod comes to in requests, limits, quotas, classes and cgroups.</summary>
internal static class PodResourceCases
{
    public static CaseOutcome Verify(RecordedCase testCase)
    {
        var pod = KubernetesJson.Deserialize<Pod>(testCase.Json.GetProperty("pod").GetRawText()).Spec;
        var options = new CgroupOptions
        {
            MemoryCapacityBytes = testCase.Json.GetProperty("memoryCapacity").GetInt64(),
            EnforcesCpuLimits = !testCase.Json.Flag("cfsQuotaDisabled"),
            CpuPeriodMicroseconds = testCase.Json.OptionalLong("cfsPeriodUs") ?? CgroupOptions.DefaultPeriodMicroseconds,
        };
        return CaseJson.Compare(testCase, new JsonObject
        {
            ["requests"] = Amounts(PodResources.Requests(pod)),
            ["requestsWithoutOverhead"] = Amounts(PodResources.Requests(pod, withOverhead: false)),
            ["limits"] = Amounts(PodResources.Limits(pod)),
            ["limitsWithoutOverhead"] = Amounts(PodResources.Limits(pod, withOverhead: false)),
            ["evictionRequest"] = new JsonObject(testCase.Expect.Members("evictionRequest").Select(member =>
                KeyValuePair.Create<string, JsonNode?>(member.Name, PodResources.EvictionRequest(pod, member.Name).ToString()))),
            ["quotaUsage"] = Amounts(PodResources.QuotaUsage(pod)),
            ["schedulerNonzeroPerContainer"] = NonZero(pod),
            ["qosClass"] = PodQos.ClassOf(pod),
            ["podCgroup"] = Node(PodCgroup.Of(pod, options)),
            ["containerCgroups"] = new JsonObject(pod.InitContainers.Concat(pod.Containers).Select(container =>
                KeyValuePair.Create<string, JsonNode?>(container.Name, Node(ContainerCgroup.Of(pod, container, options))))),
        });
    }

    private static JsonObject Amounts(StringMap<Quantity> amounts) =>
        new(amounts.Select(amount => KeyValuePair.Create<string, JsonNode?>(amount.Key, amount.Value.ToString())));

    private static JsonObject NonZero(PodSpec pod)
    {
        var node = new JsonObject();
        foreach (var container in pod.Containers)
        {
            node[$"{container.Name}/milliCPU"] = PodResources.NonZeroMilliCpu(container.Resources);
            node[$"{container.Name}/memory"] = PodResources.NonZeroMemoryBytes(container.Resources);
        }

        return node;
    }

    private static JsonObject Node(PodCgroup cgroup) => new()
    {
        ["cpuShares"] = cgroup.CpuShares,
        ["cpuQuota"] = cgroup.CpuQuotaMicroseconds,
        ["cpuPeriod"] = cgroup.CpuPeriodMicroseconds,
        ["memory"] = cgroup.MemoryBytes,
        ["hugePageLimits"] = new JsonObject(cgroup.HugePageLimits.Select(limit =>
            KeyValuePair.Create<string, JsonNode?>(limit.Key.ToString(CultureInfo.InvariantCulture), limit.Value))),
    };

    private static JsonObject Node(ContainerCgroup cgroup) => new()
    {
        ["cpuShares"] = cgroup.CpuShares,
        ["cpuQuota"] = cgroup.CpuQuotaMicroseconds,
        ["cpuPeriod"] = cgroup.CpuPeriodMicroseconds,
        ["memoryLimit"] = cgroup.MemoryBytes,
        ["oomScoreAdj"] = cgroup.OomScoreAdjustment,
    };
}
