using CalendarActors.TestKit.Machine;
using Xunit.Abstractions;

namespace CalendarActors.Providers.Tests.Conformance;

[NeedsPrograms("radicale")]
public sealed class RadicaleServerTests(RadicaleUnderTest subject, ITestOutputHelper output)
    : RealServerTests(subject, output), IClassFixture<RadicaleUnderTest>;
