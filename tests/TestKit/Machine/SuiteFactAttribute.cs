using Xunit;
using Xunit.Sdk;

namespace CalendarActors.TestKit.Machine;

/// <summary>
/// A test of a suite that several classes inherit: skipped where the programs of the inheriting class are missing
/// (<see cref="NeedsProgramsAttribute"/>), but run, and so failed, in CI.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("CalendarActors.TestKit.Machine.SuiteFactDiscoverer", "CalendarActors.TestKit")]
public sealed class SuiteFactAttribute : FactAttribute;
