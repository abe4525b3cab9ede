using CalendarActors.TestKit.CalDavServers;

namespace CalendarActors.Providers.Tests.Conformance;

public sealed class XandikosUnderTest() : CalDavUnderTest(new XandikosServer());
