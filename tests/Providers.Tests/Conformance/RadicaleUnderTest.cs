using CalendarActors.TestKit.CalDavServers;

namespace CalendarActors.Providers.Tests.Conformance;

public sealed class RadicaleUnderTest() : CalDavUnderTest(new RadicaleServer());
