using Xunit;

namespace CalendarActors.TestKit.Machine;

/// <summary>
/// A test that needs programs of the machine, such as <c>radicale</c>, <c>chromium</c> or <c>initdb</c>: skipped with the
/// reason where one is missing, but run, and so failed, in CI.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FactNeedingAttribute : FactAttribute
{
    /// <summary>Names the programs.</summary>
    public FactNeedingAttribute(params string[] programs) => Skip = Installed.SkipReason(programs);
}
