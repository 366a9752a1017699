using FsCheck.Xunit;
using K124.Sim.Text;

namespace K124.Sim.Tests.Text;

public class HumanDurationTests
{
    [Theory]
    [InlineData(-2, "<invalid>")]
    [InlineData(-1, "0s")]
    [InlineData(0, "0s")]
    [InlineData(119, "119s")]
    [InlineData(120, "2m")]
    [InlineData(121, "2m1s")]
    [InlineData(599, "9m59s")]
    [InlineData(600, "10m")]
    [InlineData(3 * 3600 - 1, "179m")]
    [InlineData(3 * 3600, "3h")]
    [InlineData(8 * 3600 - 1, "7h59m")]
    [InlineData(8 * 3600, "8h")]
    [InlineData(48 * 3600 - 1, "47h")]
    [InlineData(48 * 3600, "2d")]
    [InlineData(8 * 86400 - 1, "7d23h")]
    [InlineData(8 * 86400, "8d")]
    [InlineData(2 * 365 * 86400 - 1, "729d")]
    [InlineData(2 * 365 * 86400, "2y")]
    [InlineData(8 * 365 * 86400 - 1, "7y364d")]
    [InlineData(8 * 365 * 86400, "8y")]
    public void Format_at_the_borders(int seconds, string expected) => Assert.Equal(expected, HumanDuration.Format(TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void Less_than_a_second_in_the_future_counts_as_now() => Assert.Equal("0s", HumanDuration.Format(TimeSpan.FromMilliseconds(-1500)));

    [Property]
    public bool Parts_of_a_second_do_not_show(int seconds, uint ticks) => seconds < 0
        || HumanDuration.Format(TimeSpan.FromSeconds(seconds)) == HumanDuration.Format(TimeSpan.FromSeconds(seconds) + TimeSpan.FromTicks(ticks % TimeSpan.TicksPerSecond));
}
