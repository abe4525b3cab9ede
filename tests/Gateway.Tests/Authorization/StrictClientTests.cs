using System.Diagnostics;
using CalendarActors.Gateway.Tests.Hosting;
using CalendarActors.TestKit.Machine;

namespace CalendarActors.Gateway.Tests.Authorization;

/// <summary>npm <c>oauth4webapi</c>, which accepts nothing that the RFCs do not, goes through the whole flow.</summary>
[Collection(OneGateway.Name)]
public sealed class StrictClientTests(GatewayHost host)
{
    [StrictClientTheory]
    [InlineData("client_secret_basic")]
    [InlineData("client_secret_post")]
    public async Task StrictClient_WhenItGoesThroughTheFlow_HasNothingToObject(string method)
    {
        TestApplication application = await host.RegisterAsync();
        var start = new ProcessStartInfo(
            Installed.Find("node")!,
            ["strict.mjs", host.Address.ToString().TrimEnd('/'), application.ClientId, application.Secret, application.RedirectUri, method])
        {
            UseShellExecute = false,
            WorkingDirectory = StrictClientTheoryAttribute.Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();

        string? url = await process.StandardOutput.ReadLineAsync();
        Assert.True(url is not null, $"The client gave up: {(url is null ? await errors : "")}");
        using TestBrowser browser = host.NewBrowser();
        await browser.OpenAsync(url!);
        await browser.ConnectAsync();
        await browser.SendAsync($"/connect/{browser.RequestId}/consent?handler=allow");
        await process.StandardInput.WriteLineAsync(browser.Location.AbsoluteUri);
        await process.StandardInput.FlushAsync();
        string? last = await process.StandardOutput.ReadLineAsync();
        process.StandardInput.Close();
        await process.WaitForExitAsync();

        Assert.Equal("passed", last ?? await errors);
        Assert.Equal(0, process.ExitCode);
    }
}
