using FsCheck.Xunit;
using K124.Sim.Pods.Probes;

namespace K124.Sim.Tests.Pods;

public class ProbeWorkerTests
{
    [Theory]
    [InlineData("Readiness", 1, 3, "FFFSFFSFFF", "FFFSSSSSSF")]
    [InlineData("Readiness", 2, 2, "SSFSFFSFSS", "FSSSSFFFFS")]
    [InlineData("Readiness", 3, 3, "SSSFFSFFFSSS", "FFSSSSSSFFFS")]
    [InlineData("Liveness", 1, 3, "SFFSFFFSS", "SSSSSSFFF")]
    [InlineData("Startup", 1, 3, "FFFSS", "UUFFF")]
    [InlineData("Startup", 1, 3, "FFS", "UUS")]
    public void Result_is_published_at_its_threshold(string kind, int success, int failure, string answers, string published)
    {
        Assert.Equal(published, Run(Enum.Parse<ProbeKind>(kind), success, failure, answers));
    }

    [Property]
    public void Readiness_equals_counting_backwards(bool[] answers, byte success, byte failure)
    {
        var (needed, allowed) = ((success % 4) + 1, (failure % 4) + 1);
        var text = string.Concat(answers.Select(isFine => isFine ? 'S' : 'F'));
        Assert.Equal(Reference(text, needed, allowed), Run(ProbeKind.Readiness, needed, allowed, text));
    }

    [Fact]
    public void Killing_probes_of_a_pod_that_is_deleted_end_as_fine()
    {
        var worker = new ProbeWorker(0, ProbeKind.Liveness, new(), podIsDeleted: true, restartsContainer: true);
        Assert.True(worker.Try(new("c", IsRunning: true), podIsFinished: false, isStarted: true, 0, static () => ProbeAnswer.Failed("bad")).HasEnded);
    }

    /// <summary>A result stands once its last run is long enough; until then the one before does.</summary>
    private static string Reference(string answers, int success, int failure)
    {
        var published = 'F';
        var result = "";
        for (var i = 1; i <= answers.Length; i++)
        {
            var last = answers[i - 1];
            var run = answers[..i].Length - answers[..i].TrimEnd(last).Length;
            published = run >= (last == 'S' ? success : failure) ? last : published;
            result += published;
        }

        return result;
    }

    private static string Run(ProbeKind kind, int success, int failure, string answers)
    {
        var settings = new ProbeSettings { PeriodSeconds = 1, SuccessThreshold = success, FailureThreshold = failure };
        var worker = new ProbeWorker(0, kind, settings, podIsDeleted: false, restartsContainer: true);
        var container = new ContainerRun("c", IsRunning: true);
        var published = "";
        for (var i = 0; i < answers.Length; i++)
        {
            var answer = answers[i] == 'S' ? ProbeAnswer.Succeeded("") : ProbeAnswer.Failed("bad");
            worker.Try(container, podIsFinished: false, isStarted: kind != ProbeKind.Startup, i * TimeSpan.TicksPerSecond, () => answer);
            published += worker.Published.ToString()![0];
        }

        return published;
    }
}
