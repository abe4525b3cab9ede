using Xunit;

namespace CalendarActors.TestKit.Machine;

/// <summary>As <see cref="FactNeedingAttribute"/>, for a test with cases.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class TheoryNeedingAttribute : TheoryAttribute
{
    /// <summary>Names the programs.</summary>
    public TheoryNeedingAttribute(params string[] programs) => Skip = Installed.SkipReason(programs);
}
