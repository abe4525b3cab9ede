using CalendarActors.TestKit.Machine;

namespace CalendarActors.Providers.Tests.Conformance;

[NeedsPrograms("cyrmaster", "httpd", "saslpasswd2")]
public sealed class CyrusConformanceTests(CyrusUnderTest subject)
    : ProviderConformanceTests(subject), IClassFixture<CyrusUnderTest>;
