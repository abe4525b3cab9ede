namespace CalendarActors.Providers.Tests.Conformance;

public sealed class XandikosConformanceTests(XandikosUnderTest subject)
    : ProviderConformanceTests(subject), IClassFixture<XandikosUnderTest>;
