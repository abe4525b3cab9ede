namespace CalendarActors.Simulators.Graph;

/// <summary>Somebody with a mailbox.</summary>
/// <param name="Id">The object id, a GUID.</param>
/// <param name="TenantId">The tenant, a GUID; <see cref="ConsumerTenant"/> for a personal account.</param>
/// <param name="Email">Mail address and user principal name.</param>
/// <param name="DisplayName">Name shown.</param>
public sealed record GraphUser(string Id, string TenantId, string Email, string DisplayName)
{
    /// <summary>The tenant that all personal accounts are in.</summary>
    public const string ConsumerTenant = "9188040d-6c67-4c5b-b112-36a304b66dad";

    /// <summary>True for a personal account.</summary>
    public bool IsConsumer => TenantId == ConsumerTenant;
}
