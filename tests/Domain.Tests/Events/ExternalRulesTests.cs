using System.Collections.Immutable;
using CalendarActors.Domain.Events;

namespace CalendarActors.Domain.Tests.Events;

public sealed class ExternalRulesTests
{
    private static readonly ImmutableArray<string> Own = ["ann@example.com", "ann@work.example"];

    private static EventContent Called(string? organizer, params string[] guests) => EventContent.Empty with
    {
        Organizer = organizer is null ? null : new Organizer(organizer, null),
        Attendees = [.. guests.Select(g => new Attendee(g, null, ParticipationStatus.NeedsAction))],
    };

    [Theory]
    [InlineData(true, null)]
    [InlineData(true, "Ann@Example.com", "bob@example.com")]
    [InlineData(true, "ann@work.example")]
    [InlineData(false, "bob@example.com", "ann@example.com")]
    [InlineData(false, "bob@example.com")]
    [InlineData(false, null, "bob@example.com")]
    public void IsOrganizer_WhenNobodyElseCalledIt_IsTrue(bool expected, string? organizer, params string[] guests) =>
        Assert.Equal(expected, ExternalRules.IsOrganizer(Called(organizer, guests), Own));

    [Theory]
    [InlineData("ann@work.example", "bob@example.com", "cid@example.com", "ann@work.example")]
    [InlineData("ANN@example.com", "bob@example.com", "ANN@example.com")]
    [InlineData(null, "ann@example.com", "ann@example.com")]
    [InlineData(null, null, "ann@example.com")]
    [InlineData(null, "bob@example.com", "cid@example.com")]
    [InlineData(null, "bob@example.com")]
    public void InvitedAs_WhenSomebodyElseCalledIt_IsThePersonsOwnPlace(string? expected, string? organizer, params string[] guests) =>
        Assert.Equal(expected, ExternalRules.InvitedAs(Called(organizer, guests), Own)?.Email);

    [Fact]
    public void Rules_WhenNoAddressIsKnown_AllowOnlyPlainAppointments()
    {
        Assert.True(ExternalRules.IsOrganizer(Called(null), []));
        Assert.False(ExternalRules.IsOrganizer(Called("ann@example.com", "bob@example.com"), default));
        Assert.Null(ExternalRules.InvitedAs(Called("bob@example.com", "ann@example.com"), []));
    }
}
