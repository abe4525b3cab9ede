namespace CalendarActors.Grains.Interfaces.Attachments;

/// <summary>How much may be attached, from configuration section <c>CalendarActors:Attachments</c>.</summary>
public sealed class AttachmentOptions
{
    /// <summary>Where it is bound from.</summary>
    public const string Section = "CalendarActors:Attachments";

    /// <summary>Bytes that a file may have, 1,024 to 16,777,216. Default: 5,242,880 (5 MiB).</summary>
    public int MaxBytes { get; set; } = 5 * 1024 * 1024;

    /// <summary>Files that an application may have stored at once, used or not; 1 to 1,000,000. Default: 10,000.</summary>
    public int PerApplication { get; set; } = 10_000;

    /// <summary>Everything that is wrong, each with its remedy.</summary>
    public IEnumerable<string> Problems()
    {
        if (MaxBytes is < 1024 or > 16 * 1024 * 1024)
        {
            yield return $"{Section}:{nameof(MaxBytes)} must be 1024 to 16777216. Set CalendarActors__Attachments__{nameof(MaxBytes)}, "
                + "or leave it out for the default.";
        }

        if (PerApplication is < 1 or > 1_000_000)
        {
            yield return $"{Section}:{nameof(PerApplication)} must be 1 to 1000000. Set "
                + $"CalendarActors__Attachments__{nameof(PerApplication)}, or leave it out for the default.";
        }
    }
}
