namespace CalendarActors.Standalone;

/// <summary>Where the simulated providers of <c>--sandbox</c> listen, from configuration section <c>CalendarActors:Sandbox</c>.</summary>
internal sealed class SandboxOptions
{
    public const string Section = "CalendarActors:Sandbox";

    /// <summary>The simulated Google's port on loopback; 0 for any free one, default 5081.</summary>
    public int GooglePort { get; set; } = 5081;

    /// <summary>The simulated Microsoft's port on loopback; 0 for any free one, default 5082.</summary>
    public int MicrosoftPort { get; set; } = 5082;

    /// <summary>Everything that is wrong, each with its remedy; empty when all is well.</summary>
    public IEnumerable<string> Problems()
    {
        foreach ((string name, int port) in new[] { (nameof(GooglePort), GooglePort), (nameof(MicrosoftPort), MicrosoftPort) })
        {
            if (port is < 0 or > 65535)
            {
                yield return $"{Section}:{name} is {port}. Set CalendarActors__Sandbox__{name} to a port from 0 to 65535.";
            }
        }
    }
}
