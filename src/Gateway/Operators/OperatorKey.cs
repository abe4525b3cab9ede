using System.Security.Cryptography;
using System.Text;
using CalendarActors.Gateway.Applications;
using Microsoft.Extensions.Options;

namespace CalendarActors.Gateway.Operators;

/// <summary>The operator's key, compared in constant time.</summary>
internal sealed class OperatorKey(IOptions<OperatorOptions> options)
{
    private readonly byte[] _key = Hash(options.Value.Key);

    /// <summary>Names the key in a session without telling it: another key ends all sessions.</summary>
    public string Mark { get; } = Convert.ToHexStringLower(Hash("operator session\n" + options.Value.Key))[..32];

    /// <summary>True for the key itself.</summary>
    public bool Is(string text) => CryptographicOperations.FixedTimeEquals(Hash(text), _key);

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
