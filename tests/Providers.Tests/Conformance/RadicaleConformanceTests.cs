using CalendarActors.TestKit.Machine;

namespace CalendarActors.Providers.Tests.Conformance;

[NeedsPrograms("radicale")]
public sealed class RadicaleConformanceTests(RadicaleUnderTest subject)
    : ProviderConformanceTests(subject), IClassFixture<RadicaleUnderTest>;
