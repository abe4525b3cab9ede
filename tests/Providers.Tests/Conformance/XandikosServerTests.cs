using CalendarActors.TestKit.Machine;
using Xunit.Abstractions;

namespace CalendarActors.Providers.Tests.Conformance;

[NeedsPrograms("xandikos")]
public sealed class XandikosServerTests(XandikosUnderTest subject, ITestOutputHelper output)
    : RealServerTests(subject, output), IClassFixture<XandikosUnderTest>;
