using CalendarActors.Domain.Events;
using CalendarActors.Domain.Sync;

namespace CalendarActors.Domain.Tests.Sync;

public sealed class WriteMergeTests
{
    private static readonly string[] Mails = ["a@x.test", "b@x.test", "c@x.test"];

    [Fact]
    public void Then_WhenAppliedAtOnce_IsWhatBothInTurnAre()
    {
        int merged = 0;
        for (int seed = 1; seed <= 3_000; seed++)
        {
            Random random = new(seed);
            CalendarObject? before = random.Next(2) == 0 ? null : Some(random).ApplyTo(null, "u");
            EventChange first = Some(random);
            EventChange second = Some(random);
            if (WriteMerge.Then(first, second) is { } one)
            {
                merged++;
                CalendarObject expected = second.ApplyTo(first.ApplyTo(before, "u"), "u");
                Assert.True(expected == one.ApplyTo(before, "u"), $"seed {seed}");
            }
        }

        Assert.InRange(merged, 500, 2_900);
    }

    private static EventChange Some(Random random) => Samples.Change($"s{random.Next(3)}", random.Next(9, 11)) with
    {
        Description = random.Next(2) == 0 ? default : Change<string>.To($"d{random.Next(3)}"),
        Location = random.Next(2) == 0 ? default : Change<string?>.To(random.Next(2) == 0 ? null : "here"),
        Transparency = random.Next(2) == 0 ? default : Change<Transparency>.To((Transparency)random.Next(5)),
        Reminders = random.Next(2) == 0 ? default : Change<System.Collections.Immutable.ImmutableArray<int>>.To([random.Next(30)]),
        RemindersOnCreateOnly = random.Next(2) == 0,
        Invite = [.. Mails.Where(_ => random.Next(3) == 0).Select(m => new Attendee(m, $"n{random.Next(9)}", ParticipationStatus.NeedsAction))],
        Uninvite = [.. Mails.Where(_ => random.Next(3) == 0)],
    };
}
