using CalendarActors.Domain.Availability;
using static CalendarActors.Domain.Availability.RegistrationStatus;

namespace CalendarActors.Domain.Tests.Availability;

public sealed class RegistrationRulesTests
{
    [Theory]
    [InlineData(null, Accepted, true)]
    [InlineData(null, Pending, true)]
    [InlineData(Accepted, Tentative, true)]
    [InlineData(Declined, Accepted, true)]
    public void Fits_WhenAPlaceIsLeft_IsTrue(RegistrationStatus? was, RegistrationStatus status, bool expected) =>
        Assert.Equal(expected, RegistrationRules.Fits([Accepted, Declined, Removed], was, status, 2));

    [Theory]
    [InlineData(null, Accepted, false)]
    [InlineData(null, Pending, false)]
    [InlineData(null, Tentative, false)]
    [InlineData(null, Declined, true)]
    [InlineData(Declined, Accepted, false)]
    [InlineData(Removed, Pending, false)]
    [InlineData(Pending, Accepted, true)]
    [InlineData(Accepted, Removed, true)]
    public void Fits_WhenNoneIsLeft_IsForThoseWhoHaveOneOrNeedNone(RegistrationStatus? was, RegistrationStatus status, bool expected) =>
        Assert.Equal(expected, RegistrationRules.Fits([Accepted, Pending], was, status, 2));

    [Fact]
    public void Fits_WhenAsManyComeAsLike_EndsWithTheRegistrations()
    {
        RegistrationStatus[] most = [.. Enumerable.Repeat(Accepted, RegistrationRules.MostRegistrations)];

        Assert.True(RegistrationRules.Fits(most[1..], null, Accepted, null));
        Assert.False(RegistrationRules.Fits(most, null, Declined, null));
        Assert.True(RegistrationRules.Fits(most, Declined, Accepted, null));
    }
}
