using K124.Sim.Batch;

namespace K124.Sim.Tests.Batch;

public class CronScheduleTests
{
    private static CronSchedule Parse(string text)
    {
        Assert.True(CronSchedule.TryParse(text, Zone, out var schedule, out var error), error);
        return schedule;
    }

    private static TimeZoneInfo? Zone(string name) => name == "Test/Plus2"
        ? TimeZoneInfo.CreateCustomTimeZone(name, TimeSpan.FromHours(2), name, name)
        : null;

    [Theory]
    [InlineData("*/15 * * * *", "2022-05-03T12:00:00Z", "2022-05-03T12:15:00Z")]
    [InlineData("0 5 * * *", "2022-05-03T12:00:00Z", "2022-05-04T05:00:00Z")]
    [InlineData("0 0 29 2 *", "2022-05-03T12:00:00Z", "2024-02-29T00:00:00Z")]
    [InlineData("30 4 1,15 * 5", "2022-05-03T12:00:00Z", "2022-05-06T04:30:00Z")]
    [InlineData("0 0 * * SUN", "2022-05-03T12:00:00Z", "2022-05-08T00:00:00Z")]
    [InlineData("@hourly", "2022-05-03T12:59:59Z", "2022-05-03T13:00:00Z")]
    [InlineData("@every 90s", "2022-05-03T12:00:00Z", "2022-05-03T12:01:30Z")]
    [InlineData("@yearly", "2022-05-03T12:00:00Z", "2023-01-01T00:00:00Z")]
    [InlineData("TZ=Test/Plus2 0 5 * * *", "2022-05-03T12:00:00Z", "2022-05-04T03:00:00Z")]
    public void Next_is_the_first_time_after(string text, string after, string expected) =>
        Assert.Equal(DateTimeOffset.Parse(expected), Parse(text).Next(DateTimeOffset.Parse(after)));

    [Fact]
    public void A_date_that_never_comes_gives_nothing() => Assert.Null(Parse("0 0 31 2 *").Next(DateTimeOffset.UnixEpoch));

    [Theory]
    [InlineData("1-2-3 * * * *", "too many hyphens: 1-2-3")]
    [InlineData("1/2/3 * * * *", "too many slashes: 1/2/3")]
    [InlineData("5-1 * * * *", "beginning of range (5) beyond end of range (1): 5-1")]
    [InlineData("* * 0 * *", "beginning of range (0) below minimum (1): 0")]
    [InlineData("99999999999999999999 * * * *", "failed to parse int from 99999999999999999999: strconv.Atoi: parsing \"99999999999999999999\": value out of range")]
    [InlineData("* * * JUN-FOO *", "failed to parse int from FOO: strconv.Atoi: parsing \"FOO\": invalid syntax")]
    [InlineData("TZ=UTC", "expected exactly 5 fields, found 0: []")]
    [InlineData("@every soon", "failed to parse duration @every soon: time: invalid duration \"soon\"")]
    public void A_bad_schedule_is_refused_in_the_words_of_the_server(string text, string expected)
    {
        Assert.False(CronSchedule.TryParse(text, Zone, out _, out var error));
        Assert.Equal(expected, error);
    }

    [Fact]
    public void Next_equals_a_search_minute_by_minute()
    {
        var random = new SeededRandom(11);
        string Field(int min, int max) => random.Next(3) switch
        {
            0 => "*",
            1 => $"{min + random.Next(max - min + 1)}",
            _ => $"*/{1 + random.Next(6)}",
        };
        for (var round = 0; round < 60; round++)
        {
            var text = $"{Field(0, 59)} {Field(0, 23)} {Field(1, 28)} * {Field(0, 6)}";
            var fields = text.Split(' ');
            var after = new DateTimeOffset(2022, 5, 3, 12, 0, 0, TimeSpan.Zero).AddMinutes(random.Next(100_000));
            var expected = after.AddMinutes(1);
            while (!Matches(fields, expected))
            {
                expected = expected.AddMinutes(1);
            }

            Assert.Equal(expected, Parse(text).Next(after));
        }
    }

    private static bool Matches(string[] fields, DateTimeOffset time)
    {
        static bool Has(string field, int value, int min) => field == "*" || (field.StartsWith("*/", StringComparison.Ordinal)
            ? (value - min) % int.Parse(field[2..]) == 0
            : int.Parse(field) == value);

        // A step of one is still a star.
        static bool IsStar(string field) => field is "*" or "*/1";
        var day = Has(fields[2], time.Day, 1);
        var week = Has(fields[4], (int)time.DayOfWeek, 0);
        return Has(fields[0], time.Minute, 0) && Has(fields[1], time.Hour, 0)
            && (IsStar(fields[2]) || IsStar(fields[4]) ? day && week : day || week);
    }
}
