using System.Collections.Immutable;
using CalendarActors.Domain.Grants;

namespace CalendarActors.Grains.Grants;

/// <summary>A <see cref="TokenLedger"/> in stored state.</summary>
[GenerateSerializer, Alias("token-ledger")]
internal struct TokenLedgerSurrogate
{
    [Id(0)]
    public ImmutableArray<StoredCode> Codes;

    [Id(1)]
    public ImmutableArray<StoredAccess> Access;

    [Id(2)]
    public ImmutableArray<StoredRefresh> Refresh;

    [Id(3)]
    public int NextFamily;
}
