using CalendarActors.Domain.Attachments;
using CalendarActors.Domain.Events;
using CalendarActors.Domain.Providers;
using CalendarActors.Domain.Time;
using NodaTime;

namespace CalendarActors.Domain.Tests.Attachments;

public sealed class AttachmentRulesTests
{
    private const string Link = "https://us.example/attachments/att_1?key=af_1_acc_2.secret";

    [Theory]
    [InlineData("agenda.pdf")]
    [InlineData("Fu\u00dfball & B\u00fccher (2).v2.PDF")]
    [InlineData("\u65e5\u672c.txt")]
    public void FileName_ThatAnyFileSystemTakes_IsGood(string name) => Assert.True(AttachmentRules.IsFileName(name));

    [Theory]
    [InlineData("")]
    [InlineData("agenda")]
    [InlineData(".pdf")]
    [InlineData("agenda.")]
    [InlineData(" agenda.pdf")]
    [InlineData("agenda.pdf ")]
    [InlineData("../agenda.pdf")]
    [InlineData("a\\b.pdf")]
    [InlineData("a\"b.pdf")]
    [InlineData("a;b.pdf")]
    [InlineData("c:a.pdf")]
    [InlineData("a\r\nb.pdf")]
    [InlineData("a\tb.pdf")]
    [InlineData("a\u202efdp.exe.pdf")]
    [InlineData("a\u2066b.pdf")]
    [InlineData("a\u2028b.pdf")]
    public void FileName_ThatSomethingWouldMisread_IsNot(string name) => Assert.False(AttachmentRules.IsFileName(name));

    [Fact]
    public void FileName_ThatIsTooLong_IsNot()
    {
        Assert.True(AttachmentRules.IsFileName(new string('a', AttachmentRules.FileName - 4) + ".pdf"));
        Assert.False(AttachmentRules.IsFileName(new string('a', AttachmentRules.FileName - 3) + ".pdf"));
    }

    [Theory]
    [InlineData("application/PDF", "application/pdf")]
    [InlineData("text/plain; charset=utf-8", null)]
    [InlineData("text/html", null)]
    [InlineData("image/svg+xml", null)]
    [InlineData("application/octet-stream", null)]
    [InlineData("", null)]
    public void ContentType_ThatMayBeAttached_IsOneOfAList(string given, string? type) =>
        Assert.Equal(type, AttachmentRules.TypeOf(given));

    [Theory]
    [InlineData("a.jpg", "image/jpeg", true)]
    [InlineData("a.b.JPEG", "image/jpeg", true)]
    [InlineData("a.pdf.exe", "application/pdf", false)]
    [InlineData("a.png", "image/jpeg", false)]
    public void Name_AndType_Agree(string name, string type, bool agree) =>
        Assert.Equal(agree, AttachmentRules.IsNamedAs(name, type));

    [Theory]
    [InlineData(Link, true)]
    [InlineData("http://127.0.0.1:5080/attachments/att_1?key=af_1_acc_2.secret", true)]
    [InlineData("https://example.com/agenda.pdf", false)]
    [InlineData("https://example.com/attachments/att_1/other", false)]
    [InlineData("cid:/attachments/att_1?key=af_1", false)]
    [InlineData("/attachments/att_1?key=af_1", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void Link_OfOurs_IsKnownByItsForm(string? url, bool isOurs) => Assert.Equal(isOurs, AttachedFile.IsOurs(url));

    [Fact]
    public void Links_OfTwoFiles_AreInOneOrderAndOnce()
    {
        AttachedFile one = new(Link + "1", "a.pdf", "application/pdf");
        AttachedFile other = new(Link + "2", "b.pdf", "application/pdf");

        Assert.Equal([one, other], AttachedFile.InOrder([other, one, other with { FileName = null }]).AsEnumerable());
    }

    [Fact]
    public void Change_ThatSaysNothingOfAttachments_KeepsThem()
    {
        AttachedFile file = new(Link, "a.pdf", "application/pdf");
        EventChange change = new()
        {
            Start = CalendarTime.Utc(new LocalDateTime(2030, 1, 1, 9, 0)),
            End = CalendarTime.Utc(new LocalDateTime(2030, 1, 1, 10, 0)),
            Summary = "x",
        };
        CalendarObject with = (change with { Attachments = Change<System.Collections.Immutable.ImmutableArray<AttachedFile>>.To([file]) }).ApplyTo(null, "u");

        Assert.Equal([file], change.ApplyTo(with, "u").Master!.Content.Attachments.AsEnumerable());
        Assert.Empty((change with { Attachments = Change<System.Collections.Immutable.ImmutableArray<AttachedFile>>.To([]) })
            .ApplyTo(with, "u").Master!.Content.Attachments);
        Assert.NotEqual(change.ApplyTo(null, "u"), with);
    }

    [Theory]
    [InlineData(ProviderNames.Google, true)]
    [InlineData(ProviderNames.CalDav, true)]
    [InlineData(ProviderNames.Native, true)]
    [InlineData(ProviderNames.Office365, false)]
    [InlineData(ProviderNames.LiveConnect, false)]
    public void Provider_CarriesAttachments_OrSaysThatItDoesNot(string name, bool isCarried) =>
        Assert.Equal(isCarried, AttachmentRules.AreCarriedBy(name));
}
