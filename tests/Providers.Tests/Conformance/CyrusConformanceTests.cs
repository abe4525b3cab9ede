namespace CalendarActors.Providers.Tests.Conformance;

public sealed class CyrusConformanceTests(CyrusUnderTest subject)
    : ProviderConformanceTests(subject), IClassFixture<CyrusUnderTest>;
