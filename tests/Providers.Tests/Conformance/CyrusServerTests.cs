using CalendarActors.TestKit.Machine;
using Xunit.Abstractions;

namespace CalendarActors.Providers.Tests.Conformance;

[NeedsPrograms("cyrmaster", "httpd", "saslpasswd2")]
public sealed class CyrusServerTests(CyrusUnderTest subject, ITestOutputHelper output)
    : RealServerTests(subject, output), IClassFixture<CyrusUnderTest>;
