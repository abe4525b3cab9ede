namespace CalendarActors.TestKit.Machine;

/// <summary>The tests that a class inherits need programs of the machine; see <see cref="SuiteFactAttribute"/>.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NeedsProgramsAttribute(params string[] programs) : Attribute
{
    /// <summary>Names of the programs.</summary>
    public IReadOnlyList<string> Programs { get; } = programs;
}
