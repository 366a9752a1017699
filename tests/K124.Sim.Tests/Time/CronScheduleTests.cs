using FsCheck;
using FsCheck.Fluent;
using K124.Sim.Time;

namespace K124.Sim.Tests.Time;

public class CronScheduleTests
{
    private static CronSchedule Parse(string text)
    {
        Assert.True(CronSchedule.TryParse(text, Zone, out var schedule, out var error), error);
        return schedule;
    }

    private static TimeZoneInfo? Zone(string name) => name switch
    {
        "Test/Plus2" => TimeZoneInfo.CreateCustomTimeZone(name, TimeSpan.FromHours(2), name, name),
        "Test/Eastern" => Eastern,
        _ => null,
    };

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

    [Theory]
    [InlineData("@every 5", "time: missing unit in duration \"5\"")]
    [InlineData("@every 5x", "time: unknown unit \"x\" in duration \"5x\"")]
    [InlineData("@every ", "time: invalid duration \"\"")]
    [InlineData("@every 9999999h", "time: invalid duration \"9999999h\"")]
    [InlineData("TZ=../etc/passwd * * * * *", "provided bad location ../etc/passwd: time: invalid location name")]
    [InlineData("CRON_TZ=Mars/Olympus * * * * *", "provided bad location Mars/Olympus: unknown time zone Mars/Olympus")]
    public void The_words_for_durations_and_places_are_those_of_the_server(string text, string expected)
    {
        Assert.False(CronSchedule.TryParse(text, Zone, out _, out var error));
        Assert.EndsWith(expected, error, StringComparison.Ordinal);
    }

    // Clocks of this zone go from 2:00 to 3:00 on the second Sunday of March, and from 2:00 to 1:00 on the first Sunday of November.
    [Theory]
    [InlineData("30 2 11 3 *", "2012-03-11T00:00:00-05:00", "2013-03-11T02:30:00-04:00")]
    [InlineData("0 2 * * *", "2012-03-11T00:00:00-05:00", "2012-03-12T02:00:00-04:00")]
    [InlineData("0 * * * *", "2012-03-11T01:00:00-05:00", "2012-03-11T03:00:00-04:00")]
    [InlineData("0 1 * * *", "2012-11-04T00:00:00-04:00", "2012-11-04T01:00:00-04:00")]
    [InlineData("0 1 * * *", "2012-11-04T01:00:00-04:00", "2012-11-04T01:00:00-05:00")]
    [InlineData("0 1 * * *", "2012-11-04T01:00:00-05:00", "2012-11-05T01:00:00-05:00")]
    [InlineData("30 1 4 11 *", "2012-11-04T01:45:00-04:00", "2012-11-04T01:30:00-05:00")]
    [InlineData("0 2 * * *", "2012-11-04T00:00:00-04:00", "2012-11-04T02:00:00-05:00")]
    [InlineData("0 * * * *", "2012-11-04T01:00:00-04:00", "2012-11-04T01:00:00-05:00")]
    public void Where_clocks_change_a_time_is_left_out_or_taken_twice(string text, string after, string expected)
    {
        Assert.Equal(DateTimeOffset.Parse(expected), Parse(text).Next(DateTimeOffset.Parse(after), Eastern));
        Assert.Equal(DateTimeOffset.Parse(expected), Parse($"TZ=Test/Eastern {text}").Next(DateTimeOffset.Parse(after)));
    }

    [Fact]
    public void The_zone_of_the_machine_is_that_of_the_caller() =>
        Assert.Equal(DateTimeOffset.Parse("2022-05-04T03:00:00Z"), Parse("TZ=Local 0 5 * * *").Next(DateTimeOffset.Parse("2022-05-03T12:00:00Z"), Zone("Test/Plus2")));

    private static readonly TimeZoneInfo Eastern = TimeZoneInfo.CreateCustomTimeZone(
        "Test/Eastern", TimeSpan.FromHours(-5), "", "", "",
        [
            TimeZoneInfo.AdjustmentRule.CreateAdjustmentRule(
                new(2007, 1, 1), new(2037, 12, 31), TimeSpan.FromHours(1),
                TimeZoneInfo.TransitionTime.CreateFloatingDateRule(new(1, 1, 1, 2, 0, 0), 3, 2, DayOfWeek.Sunday),
                TimeZoneInfo.TransitionTime.CreateFloatingDateRule(new(1, 1, 1, 2, 0, 0), 11, 1, DayOfWeek.Sunday)),
        ]);

    public sealed record Cron(string Minute, string Hour, string DayOfMonth, string Month, string DayOfWeek)
    {
        public override string ToString() => $"{Minute} {Hour} {DayOfMonth} {Month} {DayOfWeek}";
    }

    /// <summary>Where the meanings agree, against Cronos: UTC, not both kinds of days restricted, which Cronos joins by "and", and no open
    /// steps of days of the week, which Cronos takes on to a seventh.</summary>
    [Fact]
    public void Next_equals_that_of_Cronos_where_the_meanings_agree()
    {
        var crons = from minute in FieldGen(0, 59)
                    from hour in FieldGen(0, 23)
                    from ofMonth in FieldGen(1, 31)
                    from month in FieldGen(1, 12)
                    from ofWeek in FieldGen(0, 6).Where(field => field[0] is '*' || !field.Contains('/') || field.Contains('-'))
                    from restrictsWeek in Gen.Elements(true, false)
                    select restrictsWeek ? new Cron(minute, hour, "*", month, ofWeek) : new Cron(minute, hour, ofMonth, month, "*");
        Prop.ForAll(Arb.From(crons, ShrinkCron), Arb.From(Gen.Choose(0, 3_000_000)), (cron, minutes) =>
        {
            var after = new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddMinutes(minutes);
            var theirs = Cronos.CronExpression.Parse(cron.ToString()).GetNextOccurrence(after);
            var ours = Parse(cron.ToString()).Next(after);

            // The search ends after five years; Cronos goes on.
            Assert.True(ours?.UtcDateTime == theirs || (ours is null && theirs!.Value.Year > after.Year + 5), $"{ours} against {theirs}");
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1_000));
    }

    private static Gen<string> FieldGen(int min, int max) => Gen.OneOf(
        Gen.Constant("*"),
        Gen.Choose(min, max).Select(value => $"{value}"),
        Gen.Choose(2, max).Select(step => $"*/{step}"),
        from low in Gen.Choose(min, max) from high in Gen.Choose(low, max) select $"{low}-{high}",
        from low in Gen.Choose(min, max) from step in Gen.Choose(1, max) select $"{low}/{step}",
        from low in Gen.Choose(min, max) from high in Gen.Choose(low, max) from step in Gen.Choose(1, Math.Min(9, max)) select $"{low}-{high}/{step}",
        from first in Gen.Choose(min, max) from second in Gen.Choose(min, max) select $"{first},{second}");

    private static IEnumerable<Cron> ShrinkCron(Cron cron) => new[]
    {
        cron with { Minute = "*" }, cron with { Hour = "*" }, cron with { DayOfMonth = "*" }, cron with { Month = "*" }, cron with { DayOfWeek = "*" },
    }.Where(simpler => simpler != cron);

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
