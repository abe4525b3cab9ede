namespace CalendarActors.Providers.Tests.Conformance;

public sealed class GoogleConformanceTests(GoogleUnderTest subject)
    : ProviderConformanceTests(subject), IClassFixture<GoogleUnderTest>;
