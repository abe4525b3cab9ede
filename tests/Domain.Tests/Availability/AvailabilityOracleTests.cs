using System.Collections.Immutable;
using CalendarActors.Domain.Availability;
using CsCheck;
using Xunit.Abstractions;

namespace CalendarActors.Domain.Tests.Availability;

/// <summary>Random questions against <see cref="NaiveAvailability"/>: all formats, zones and changes of clocks.</summary>
/// <remarks>
/// A failure prints the case and its seed; <c>CsCheck_Seed=&lt;seed&gt;</c> in the environment replays it.
/// <c>CALENDARACTORS_TEST_SCALE</c> multiplies the number of cases.
/// </remarks>
public sealed class AvailabilityOracleTests(ITestOutputHelper output)
{
    private const int Cases = 10_000;

    private static readonly int Scale =
        int.TryParse(Environment.GetEnvironmentVariable("CALENDARACTORS_TEST_SCALE"), out int scale) ? Math.Max(1, scale) : 1;

    [Fact]
    public void Find_WhateverIsAsked_AgreesWithTheOracle()
    {
        int telling = 0;
        RandomMeeting.Any.Sample(
            meeting =>
            {
                List<AvailableTime> expected = new NaiveAvailability(meeting).Find();

                ImmutableArray<AvailableTime> actual = AvailabilitySearch.Find(meeting.Query, meeting.Times);

                Assert.Equal(expected.Select(Show), actual.Select(Show));
                telling += expected.Count > 0 ? 1 : 0;
            },
            output.WriteLine,
            iter: (long)Cases * Scale,
            threads: 1,
            print: meeting => meeting.ToString());

        // That nobody ever has time proves nothing.
        output.WriteLine($"{telling} of {Cases * Scale} with times.");
        Assert.True(telling > Cases * Scale / 3);
    }

    [Fact]
    public void To_WhateverIsAsked_NamesAnObstacleExactlyWhereSomebodyCannotCome() => RandomMeeting.Any.Sample(
        meeting =>
        {
            NaiveAvailability oracle = new(meeting);
            AvailabilityQuery query = meeting.Query;
            for (long start = meeting.Whole.Start; start + meeting.Duration <= meeting.Whole.End; start += 7_260)
            {
                ImmutableArray<Obstacle> obstacles = Obstacles.To(query, meeting.Times, start);

                bool isAsked = obstacles.All(o => o.Kind != ObstacleKind.NotAsked);
                Assert.Equal(isAsked && oracle.At(start) is not null, Obstacles.Allow(query, obstacles));
                for (int number = 0; number < meeting.Members.Length; number++)
                {
                    Assert.Equal(oracle.Reasons(number, start), obstacles.Where(o => o.Member == number).Select(Show));
                }
            }
        },
        output.WriteLine,
        iter: 300L * Scale,
        threads: 1,
        print: meeting => meeting.ToString());

    private static string Show(Obstacle obstacle) => $"{obstacle.Kind} {string.Join(' ', obstacle.Events)}".TrimEnd();

    private static string Show(AvailableTime time) =>
        $"{RandomMeeting.Show(time.Start)}/{RandomMeeting.Show(time.End)} {string.Join(',', time.Members)}";
}
