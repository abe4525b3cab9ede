using CalendarActors.Domain.Authorization;

namespace CalendarActors.Domain.Tests.Authorization;

public sealed class ScopesTests
{
    [Theory]
    [InlineData("read_events", Scopes.ReadFreeBusy, true)]
    [InlineData("read_free_busy", Scopes.ReadEvents, false)]
    [InlineData("free_busy", Scopes.ReadEvents, false)]
    [InlineData("free_busy_write", Scopes.CreateEvent, true)]
    [InlineData("free_busy_write", Scopes.ReadEvents, false)]
    [InlineData("write_only", Scopes.ReadFreeBusy, false)]
    [InlineData("read_only", Scopes.CreateEvent, false)]
    [InlineData("full_access", Scopes.ChangeParticipationStatus, true)]
    [InlineData("create_event  delete_event", Scopes.DeleteEvent, true)]
    [InlineData("CREATE_EVENT", Scopes.CreateEvent, false)]
    [InlineData("", Scopes.ReadAccount, false)]
    public void Permits_ForEachBundle_FollowsTheTable(string scope, string permission, bool expected) =>
        Assert.Equal(expected, Scopes.Permits(scope, permission));
}
