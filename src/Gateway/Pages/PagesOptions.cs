namespace CalendarActors.Gateway.Pages;

/// <summary>What the pages say about this installation, from configuration section <c>CalendarActors:Pages</c>.</summary>
public sealed class PagesOptions
{
    public const string Section = "CalendarActors:Pages";

    /// <summary>True when Google and Microsoft are simulators: then their buttons say so. Default false; <c>--sandbox</c> sets it.</summary>
    public bool IsSandbox { get; set; }

    /// <summary>Nothing can be wrong with it.</summary>
    public IEnumerable<string> Problems() => [];
}
