namespace CalendarActors.Providers.Tests.Conformance;

public sealed class InMemoryConformanceTests(InMemoryUnderTest subject)
    : ProviderConformanceTests(subject), IClassFixture<InMemoryUnderTest>;
