namespace CalendarActors.Providers.Tests.Conformance;

public sealed class RadicaleConformanceTests(RadicaleUnderTest subject)
    : ProviderConformanceTests(subject), IClassFixture<RadicaleUnderTest>;
