namespace CalendarActors.Providers.Tests.Conformance;

public sealed class GraphConformanceTests(GraphUnderTest subject)
    : ProviderConformanceTests(subject), IClassFixture<GraphUnderTest>;
