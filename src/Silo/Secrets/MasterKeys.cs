using System.Collections.Immutable;
using CalendarActors.Domain.Secrets;

namespace CalendarActors.Silo.Secrets;

/// <summary>The configured master keys: the first seals, all open.</summary>
internal sealed class MasterKeys(ImmutableArray<MasterKey> keys)
{
    public MasterKey Current => keys[0];

    public ImmutableArray<MasterKey> All => keys;

    public static MasterKeys From(SecretsOptions options)
        => new([.. options.MasterKeys.Select(k => new MasterKey(Convert.FromBase64String(k)))]);

    public MasterKey? Find(string id) => keys.FirstOrDefault(k => k.Id == id);
}
