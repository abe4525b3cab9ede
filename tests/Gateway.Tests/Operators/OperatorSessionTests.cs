using System.Net;
using CalendarActors.Gateway.Applications;
using CalendarActors.Gateway.Operators;
using CalendarActors.TestKit.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CalendarActors.Gateway.Tests.Operators;

public sealed class OperatorSessionTests
{
    [Fact]
    public async Task Session_WhenTheKeyIsAnother_Ends()
    {
        string key = "the first of two keys that are long enough";
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{RunningNode.FreePort()}");
        builder.Services.AddOperatorSessions(isHttps: false);
        builder.Services.AddTransient(_ => new OperatorKey(Options.Create(new OperatorOptions { Key = key })));
        await using WebApplication app = builder.Build();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapGet("/in", (HttpContext context, OperatorKey now) => OperatorSession.SignInAsync(context, now));
        app.MapGet("/page", () => "here").RequireAuthorization(OperatorSession.Policy);
        await app.StartAsync();
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }, disposeHandler: true)
        {
            BaseAddress = new Uri(app.Urls.Single()),
        };
        (await http.GetAsync(new Uri("/in", UriKind.Relative))).Dispose();
        Assert.Equal(HttpStatusCode.OK, await PageAsync());

        key = "the second of two keys that are long enough";

        Assert.Equal(HttpStatusCode.Redirect, await PageAsync());

        async Task<HttpStatusCode> PageAsync()
        {
            using HttpResponseMessage response = await http.GetAsync(new Uri("/page", UriKind.Relative));
            return response.StatusCode;
        }
    }
}
