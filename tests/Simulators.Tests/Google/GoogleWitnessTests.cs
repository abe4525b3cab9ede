using CalendarActors.Simulators.Google;
using CalendarActors.TestKit.Machine;

namespace CalendarActors.Simulators.Tests.Google;

/// <summary>npm <c>@googleapis/calendar</c>, which knows nothing of us, finds what it expects of Google.</summary>
public sealed class GoogleWitnessTests
{
    [FactNeeding("node", "npm")]
    public async Task Simulator_WhenDrivenByGooglesOwnClient_AnswersAsGoogleDoes()
    {
        await using GoogleSimulator google = await GoogleSimulator.StartAsync(
            new() { NotificationHandler = new Subscriber() });
        google.AddUser("ada@example.org", "Ada");

        string printed = await NodeWitness.RunAsync(
            google.Address.AbsoluteUri, google.ClientId, google.ClientSecret, "ada@example.org", "https://product.example/hook");

        Assert.Contains("The witness is content", printed, StringComparison.Ordinal);
    }
}
