using CalendarActors.Gateway.Tests.Hosting;

namespace CalendarActors.Gateway.Tests.Contract;

[Collection(OneGateway.Name)]
public sealed class SnapshotTests(GatewayHost host)
{
    /// <summary>Set by <c>eng/renew.sh</c>: write the file instead of comparing with it.</summary>
    private const string Renewing = "CALENDARACTORS_RENEW";

    [Fact]
    public void Document_WhenTheGatewayServesIt_IsTheOneInTheTree()
    {
        if (Environment.GetEnvironmentVariable(Renewing) is "true")
        {
            File.WriteAllText(ContractDocument.SnapshotPath, host.Contract.Text);
        }

        string[] kept = File.Exists(ContractDocument.SnapshotPath) ? File.ReadAllLines(ContractDocument.SnapshotPath) : [];
        string[] served = host.Contract.Text.TrimEnd('\n').Split('\n');
        int first = kept.Zip(served).TakeWhile(pair => pair.First == pair.Second).Count();
        Assert.True(
            kept.AsSpan().SequenceEqual(served),
            $"docs/openapi.json differs in line {first + 1}; eng/renew.sh writes it anew:\n- {kept.ElementAtOrDefault(first)}\n+ {served.ElementAtOrDefault(first)}");
    }
}
