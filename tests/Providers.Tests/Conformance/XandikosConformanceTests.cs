using CalendarActors.TestKit.Machine;

namespace CalendarActors.Providers.Tests.Conformance;

[NeedsPrograms("xandikos")]
public sealed class XandikosConformanceTests(XandikosUnderTest subject)
    : ProviderConformanceTests(subject), IClassFixture<XandikosUnderTest>;
