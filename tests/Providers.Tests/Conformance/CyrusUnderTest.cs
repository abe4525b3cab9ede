using CalendarActors.TestKit.CalDavServers;

namespace CalendarActors.Providers.Tests.Conformance;

public sealed class CyrusUnderTest() : CalDavUnderTest(new CyrusServer());
