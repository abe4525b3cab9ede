using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using CalendarActors.Domain.Providers;

namespace CalendarActors.Providers.CalDav;

/// <summary>Makes calendars (RFC 4791 section 5.3.1).</summary>
internal static class CalDavCreation
{
    private const int MaxSameName = 20;
    private const int MaxSlug = 40;

    /// <summary>Makes a calendar in a home. Two may have one name: the second gets a path of its own.</summary>
    public static async Task<ProviderResult<ProviderCalendar>> CreateAsync(
        DavClient client, Uri home, string name, string? color, CancellationToken cancellationToken)
    {
        string path = PathOf(name);
        for (int number = 1; number <= MaxSameName; number++)
        {
            Uri address = DavPath.Canonical(new Uri(home, number == 1 ? $"{path}/" : $"{path}-{number}/"));
            DavResult probed = await client.PropfindAsync(address, 0, "making a calendar", cancellationToken, DavNames.ResourceType);
            if (!probed.IsAnswered)
            {
                return probed.Fault;
            }

            if (probed.Answer.IsMultistatus && probed.Answer.EffectiveStatus is not (404 or 410))
            {
                continue;
            }

            DavResult made = await client.MkcalendarAsync(address, Body(name, color), "making a calendar", cancellationToken);
            if (made.Answer is { EffectiveStatus: >= 400 and < 500 and not (401 or 429) })
            {
                // Some servers refuse the whole request for a property they do not keep.
                made = await client.MkcalendarAsync(address, Body(name, null), "making a calendar", cancellationToken);
            }

            if (!made.IsAnswered)
            {
                return made.Fault;
            }

            int status = made.Answer.EffectiveStatus;
            if (status is >= 200 and < 300)
            {
                return await ReadAsync(client, address, name, color, cancellationToken);
            }

            ProviderFault fault = DavFaults.From(made.Answer, "making a calendar", client.Now);
            return fault.Kind is ProviderFaultKind.ScopeMissing or ProviderFaultKind.NotFound
                ? fault with { Kind = ProviderFaultKind.Rejected }
                : fault;
        }

        return new ProviderFault(ProviderFaultKind.Rejected, $"making a calendar: {MaxSameName} of this name exist.");
    }

    /// <summary>Readable, and the same for the same name: a letter or digit stays, the rest tells itself by the digest.</summary>
    private static string PathOf(string name)
    {
        string slug = string.Join('-', new string([.. name.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')])
            .Split('-', StringSplitOptions.RemoveEmptyEntries));
        string digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 4));
        return slug.Length == 0 ? digest : $"{slug[..Math.Min(slug.Length, MaxSlug)]}-{digest}";
    }

    private static XElement Body(string name, string? color) => new(
        DavNames.CalDav + "mkcalendar",
        new XElement(
            DavNames.Dav + "set",
            new XElement(
                DavNames.Dav + "prop",
                new XElement(DavNames.DisplayName, name),
                new XElement(DavNames.Components, new XElement(DavNames.CalDav + "comp", new XAttribute("name", "VEVENT"))),
                color is null ? null : new XElement(DavNames.CalendarColor, color))));

    private static async Task<ProviderResult<ProviderCalendar>> ReadAsync(
        DavClient client, Uri address, string name, string? color, CancellationToken cancellationToken)
    {
        DavResult read = await client.PropfindAsync(
            address, 0, "reading the new calendar", cancellationToken, [.. CalDavDiscovery.CalendarProperties]);
        if (read.Answer?.Self is not { } row || CalDavDiscovery.CalendarOf(row, isPrimary: false) is not { } calendar)
        {
            return read.Fault ?? new ProviderFault(ProviderFaultKind.Transient, "reading the new calendar: it was made but is not there.");
        }

        // Servers that take the properties of a new calendar only in a second request.
        List<XElement> missing = [];
        if (calendar.Name != name)
        {
            missing.Add(new XElement(DavNames.DisplayName, name));
        }

        if (color is not null && !string.Equals(calendar.Color, color, StringComparison.OrdinalIgnoreCase))
        {
            missing.Add(new XElement(DavNames.CalendarColor, color));
        }

        if (missing.Count > 0)
        {
            await client.ProppatchAsync(address, "naming the new calendar", cancellationToken, [.. missing]);
            read = await client.PropfindAsync(
                address, 0, "reading the new calendar", cancellationToken, [.. CalDavDiscovery.CalendarProperties]);
            calendar = read.Answer?.Self is { } again ? CalDavDiscovery.CalendarOf(again, isPrimary: false) ?? calendar : calendar;
        }

        return calendar;
    }
}
