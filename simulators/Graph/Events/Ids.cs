using System.Globalization;

namespace CalendarActors.Simulators.Graph.Events;

/// <summary>Makes ids, tokens and secrets; the same from the same seed. Guarded by the simulator's lock.</summary>
internal sealed class Ids(int seed)
{
    // Without the lower-case o, which sets off the day in the id of an occurrence.
    private const string Letters = "ABCDEFGHIJKLMNPQRSTUVWXYZabcdefghijklmnpqrstuvwxyz0123456789";

    private readonly Random _random = new(seed);

    public string Immutable() => "AAkALg" + Text(34);

    public string Mutable() => "AAMkAD" + Text(34);

    public string Calendar() => "AQMkAD" + Text(34);

    public string Hex(int digits) => _random.GetHexString(digits);

    public string Text(int letters) => new(_random.GetItems<char>(Letters, letters));

    public string Guid()
    {
        byte[] bytes = new byte[16];
        _random.NextBytes(bytes);
        return new Guid(bytes).ToString("D", CultureInfo.InvariantCulture);
    }
}
