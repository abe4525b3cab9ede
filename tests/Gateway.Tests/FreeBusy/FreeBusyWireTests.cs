using System.Text.Json;
using CalendarActors.Domain.Events;
using CalendarActors.Gateway.FreeBusy;
using CalendarActors.Grains.Interfaces.Grants;
using CalendarActors.Grains.Interfaces.Sync;
using NodaTime;

namespace CalendarActors.Gateway.Tests.FreeBusy;

public sealed class FreeBusyWireTests
{
    [Theory]
    [InlineData(Transparency.Opaque, false, "busy")]
    [InlineData(Transparency.Opaque, true, "tentative")]
    [InlineData(Transparency.Transparent, true, "free")]
    [InlineData(Transparency.Unknown, false, "unknown")]
    public void Write_WhenTimeIsTaken_SaysHow(Transparency transparency, bool isTentative, string status)
    {
        Instant start = Instant.FromUtc(2026, 3, 1, 9, 0);
        BusyEntry entry = new("cal_1", "evt_external_1", null, start, start, false, 0, 0, transparency, isTentative, false);
        using MemoryStream written = new();
        using (Utf8JsonWriter json = new(written))
        {
            FreeBusyWire.Write(json, new FreeBusyPage([entry], 1, 1, null, "Etc/UTC", new Presentation(false, false, false)), "", asked: null);
        }

        using JsonDocument page = JsonDocument.Parse(written.ToArray());
        Assert.Equal(status, page.RootElement.GetProperty("free_busy")[0].GetProperty("free_busy_status").GetString());
    }
}
