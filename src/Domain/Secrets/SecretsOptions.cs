using System.Diagnostics.CodeAnalysis;

namespace CalendarActors.Domain.Secrets;

/// <summary>The installation's own secrets, from configuration section <c>CalendarActors:Secrets</c>.</summary>
public sealed class SecretsOptions
{
    /// <summary>Where it is bound from.</summary>
    public const string Section = "CalendarActors:Secrets";

    /// <summary>Base64 of 32 bytes each; the first seals, all open. At least one. No default.</summary>
    [SuppressMessage("Design", "MA0016", Justification = "Configuration binding fills a list.")]
    public IList<string> MasterKeys { get; } = [];

    /// <summary>
    /// Base64 of 32 bytes: ids and tokens are derived from it, so it must never change. No default.
    /// </summary>
    public string IdKey { get; set; } = "";

    /// <summary>Everything that is wrong, each with its remedy; empty when all is well.</summary>
    public IEnumerable<string> Problems()
    {
        if (MasterKeys.Count == 0)
        {
            yield return "CalendarActors:Secrets:MasterKeys:0 is missing. Set CalendarActors__Secrets__MasterKeys__0 to "
                + "the output of 'openssl rand -base64 32' and keep it safe: without it no stored login can be opened.";
        }

        for (int i = 0; i < MasterKeys.Count; i++)
        {
            if (!IsKey(MasterKeys[i]))
            {
                yield return $"CalendarActors:Secrets:MasterKeys:{i} is not base64 of 32 bytes. "
                    + "Make one with 'openssl rand -base64 32'.";
            }
        }

        if (!IsKey(IdKey))
        {
            yield return "CalendarActors:Secrets:IdKey is missing or not base64 of 32 bytes. Set "
                + "CalendarActors__Secrets__IdKey to the output of 'openssl rand -base64 32' once and never change it: "
                + "every account and profile id is derived from it.";
        }
    }

    private static bool IsKey(string text)
    {
        Span<byte> bytes = stackalloc byte[48];
        return Convert.TryFromBase64String(text, bytes, out int length) && length == 32;
    }
}
