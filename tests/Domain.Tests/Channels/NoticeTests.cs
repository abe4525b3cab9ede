using CalendarActors.Domain.Channels;
using CsCheck;
using NodaTime;

namespace CalendarActors.Domain.Tests.Channels;

public sealed class NoticeTests
{
    private static readonly Instant Start = Instant.FromUtc(2026, 2, 1, 12, 0);

    private static readonly Gen<Notice> Any = Gen.Select(Gen.Int[0, 3], Gen.Int[0, 1_000], Gen.Long[1, 1_000]).Select(
        (kind, since, through) => new Notice(
            (NotificationKind)kind,
            (NotificationKind)kind == NotificationKind.Change ? Start + Duration.FromSeconds(since) : null,
            through));

    /// <summary>Whatever comes in whatever order: what waits is small, in order of coming, and tells from the earliest on.</summary>
    [Fact]
    public void Waiting_WhenManyCome_TellsAllOfThemInOneOfEachKind() => Any.Array[1, 40].Sample(all =>
    {
        IReadOnlyList<Notice> waiting = all.Aggregate((IReadOnlyList<Notice>)[], Notice.Waiting);

        Assert.Equal(all.Select(n => n.Kind).Distinct(), waiting.Select(n => n.Kind));
        foreach (Notice notice in waiting)
        {
            Notice[] same = [.. all.Where(n => n.Kind == notice.Kind)];
            Assert.Equal(same.Min(n => n.Since), notice.Since);
            Assert.Equal(same.Max(n => n.Through), notice.Through);
        }
    });

    [Fact]
    public void Id_WhenTheSameIsToldAgain_IsTheSameAndElseAnother()
    {
        Delivery delivery = Delivery.Of(new Notice(NotificationKind.Change, Start, 7), 3, Start, isPushed: true);
        string id = delivery.IdFor("chn_1");

        Assert.Matches("^msg_[0-9a-f]{24}$", id);
        Assert.Equal(id, (delivery with { Attempts = 9, Status = 500, Created = Start + Duration.FromDays(1) }).IdFor("chn_1"));
        Assert.Equal(5, new[]
        {
            id,
            delivery.IdFor("chn_2"),
            (delivery with { Through = 8 }).IdFor("chn_1"),
            (delivery with { Since = Start - Duration.FromSeconds(1) }).IdFor("chn_1"),
            (delivery with { Sequence = 4 }).IdFor("chn_1"),
        }.Distinct(StringComparer.Ordinal).Count());
    }
}
