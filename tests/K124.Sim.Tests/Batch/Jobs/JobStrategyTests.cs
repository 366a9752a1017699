using K124.Sim.Batch.Jobs;
using K124.Sim.Model;
using static K124.Sim.Tests.Batch.Jobs.JobTestData;

namespace K124.Sim.Tests.Batch.Jobs;

public class JobStrategyTests
{
    private static Job Sent => new()
    {
        Metadata = new() { Name = "job", Namespace = "default" },
        Spec = new() { Template = new() { Spec = new() { RestartPolicy = "Never", Containers = [new() { Name = "main", Image = "registry.example/app:1" }] } } },
    };

    private static string[] Errors(Job job) => [.. JobStrategy.Create(job, "job-uid", Start).Errors.Select(error => error.ToString()).Order(StringComparer.Ordinal)];

    private static Job WithContainers(params Container[] containers)
    {
        var spec = Sent.Spec;
        return Sent with { Spec = spec with { Template = spec.Template with { Spec = spec.Template.Spec with { Containers = [.. containers] } } } };
    }

    [Fact]
    public void A_plain_job_is_accepted_with_the_defaults_of_its_template()
    {
        var job = JobStrategy.Create(
            WithContainers(new Container
            {
                Name = "main",
                Image = "app",
                Ports = [new() { Port = 80 }],
                Env = [new() { Name = "NODE", ValueFrom = new() { FieldRef = new() { FieldPath = "spec.nodeName" } } }],
            }),
            "job-uid", Start).Job!;
        var container = Assert.Single(job.Spec.Template.Spec.Containers);
        Assert.Equal(("Always", "TCP", "v1"), (container.ImagePullPolicy, container.Ports[0].Protocol, container.Env[0].ValueFrom!.FieldRef!.ApiVersion));
        Assert.Equal((1, 1, 6, "NonIndexed"), (job.Spec.Completions, job.Spec.Parallelism, job.Spec.BackoffLimit, job.Spec.CompletionMode));
    }

    [Fact]
    public void Containers_need_names_that_differ_and_images()
    {
        Assert.Equal(
            [
                "spec.template.spec.containers[0].name: Required value",
                "spec.template.spec.containers[2].name: Duplicate value: \"a\"",
                "spec.template.spec.containers[3].image: Required value",
            ],
            Errors(WithContainers(new() { Image = "x" }, new() { Name = "a", Image = "x" }, new() { Name = "a", Image = "x" }, new() { Name = "b" })));
        Assert.StartsWith(
            "spec.template.spec.containers[0].name: Invalid value: \"A_b\": a lowercase RFC 1123 label",
            Assert.Single(Errors(WithContainers(new Container { Name = "A_b", Image = "x" }))), StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_and_selectors_keep_to_their_syntax()
    {
        var job = Sent with { Metadata = Sent.Metadata with { Labels = StringMap.Of(("bad key", "ok")) } };
        Assert.StartsWith("metadata.labels: Invalid value: \"bad key\": name part must consist of", Assert.Single(Errors(job)), StringComparison.Ordinal);
        var manual = Sent with
        {
            Spec = Sent.Spec with
            {
                ManualSelector = true,
                Selector = new()
                {
                    MatchExpressions =
                    [
                        new() { Key = "a", Operator = "In" }, new() { Key = "a", Operator = "Exists", Values = ["x"] }, new() { Key = "a", Operator = "Near" },
                    ],
                },
            },
        };
        Assert.Equal(
            [
                "spec.selector.matchExpressions[0].values: Required value: must be specified when `operator` is 'In' or 'NotIn'",
                "spec.selector.matchExpressions[1].values: Forbidden: may not be specified when `operator` is 'Exists' or 'DoesNotExist'",
                "spec.selector.matchExpressions[2].operator: Invalid value: \"Near\": not a valid selector operator",
            ],
            Errors(manual));
    }

    [Fact]
    public void Field_selectors_see_the_count_of_succeeded_pods() => Assert.Equal(
        "3", JobStrategy.SelectableFields(Sent with { Status = new() { Succeeded = 3 } })["status.successful"]);

    [Fact]
    public void Expectations_are_given_up_after_five_minutes()
    {
        var expectations = default(K124.Sim.Batch.Jobs.Syncing.JobExpectations);
        expectations.Set(1, 0, Start);
        Assert.False(expectations.Satisfied(Start.AddMinutes(5)));
        Assert.True(expectations.Satisfied(Start.AddMinutes(5).AddTicks(1)));
        expectations.CreationObserved();
        expectations.CreationObserved();
        Assert.True(expectations.Satisfied(Start));
        Assert.Equal(-1, expectations.Creations);
    }
}
