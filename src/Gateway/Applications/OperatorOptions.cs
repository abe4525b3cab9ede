namespace CalendarActors.Gateway.Applications;

/// <summary>The operator's access, from configuration section <c>CalendarActors:Operator</c>.</summary>
public sealed class OperatorOptions
{
    public const string Section = "CalendarActors:Operator";

    /// <summary>What the operator API demands as bearer token, 20 characters or more. No default; Standalone generates one.</summary>
    public string Key { get; set; } = "";

    /// <summary>Everything that is wrong, each with its remedy; empty when all is well.</summary>
    public IEnumerable<string> Problems()
    {
        if (Key.Length < 20)
        {
            yield return $"{Section}:Key is missing or shorter than 20 characters. Set CalendarActors__Operator__Key to the "
                + "output of 'openssl rand -base64 32'.";
        }
    }
}
