using System.Net.Mime;
using CalendarActors.Domain.Events;
using CalendarActors.Domain.Providers;
using CalendarActors.Domain.Time;
using CalendarActors.Providers.Google;
using CalendarActors.Providers.Outbound;
using CalendarActors.Providers.Tests.CalDav;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using NodaTime;

namespace CalendarActors.Providers.Tests.Google;

/// <summary>The adapter, and a server that answers as a test says.</summary>
public abstract class GoogleScene : IAsyncLifetime
{
    private ServiceProvider? _services;

    protected ScriptedServer Server { get; } = new();

    protected FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 25, 12, 0, 0, TimeSpan.Zero));

    protected Instant Now => Instant.FromDateTimeOffset(Time.GetUtcNow());

    /// <summary>What was asked, as method, path and query.</summary>
    protected IList<string> Asked { get; } = [];

    /// <summary>The <c>If-Match</c> headers that came.</summary>
    protected IList<string> Preconditions { get; } = [];

    protected static CancellationToken None => CancellationToken.None;

    protected static ProviderAccess Access => new(ProviderNames.Google, null, null, "ya29.secret");

    protected ICalendarProvider Provider => _services!.GetRequiredService<IProviderCatalog>().Find(ProviderNames.Google)!;

    protected IOAuthLogin Login => Provider.Login!;

    public async Task InitializeAsync()
    {
        await Server.StartAsync();
        _services = Services(new Dictionary<string, string?>
        {
            ["ClientId"] = "client-1",
            ["ClientSecret"] = "client secret&1",
            ["AuthorizationEndpoint"] = $"{Server.Address}auth?tenant=1",
            ["TokenEndpoint"] = $"{Server.Address}token",
            ["RevocationEndpoint"] = $"{Server.Address}revoke",
            ["UserInfoEndpoint"] = $"{Server.Address}userinfo",
            ["ApiBaseUrl"] = $"{Server.Address}calendar/v3/",
        });
    }

    public async Task DisposeAsync()
    {
        await _services!.DisposeAsync();
        await Server.DisposeAsync();
    }

    /// <summary>The product's own composition with these options of Google's.</summary>
    protected ServiceProvider Services(IDictionary<string, string?> options) => new ServiceCollection()
        .AddSingleton<TimeProvider>(Time)
        .AddCalendarActorsProviders(new ConfigurationBuilder()
            .AddInMemoryCollection(options.ToDictionary(o => $"{GoogleOptions.Section}:{o.Key}", o => o.Value))
            .AddInMemoryCollection([new($"{OutboundOptions.Section}:AllowedHosts:0", "127.0.0.1")])
            .Build())
        .BuildServiceProvider();

    /// <summary>Answers by method and path; 404 where nothing is said.</summary>
    protected void Answer(Func<string, IQueryCollection, IResult?> answer) => Server.Answer(context =>
    {
        Asked.Add($"{context.Request.Method} {context.Request.Path.Value}{context.Request.QueryString}");
        if (context.Request.Headers.IfMatch.FirstOrDefault() is { } precondition)
        {
            Preconditions.Add(precondition);
        }

        return answer($"{context.Request.Method} {context.Request.Path.Value}", context.Request.Query) ?? Error(404, "notFound");
    });

    protected static IResult Json(string json, int status = 200) => Results.Text(json, MediaTypeNames.Application.Json, null, status);

    protected static IResult Error(int status, string reason) => Json(
        $$$"""{"error":{"code":{{{status}}},"message":"No.","errors":[{"domain":"global","reason":"{{{reason}}}","message":"No."}]}}""", status);

    protected static EventChange Timed(string summary) => new()
    {
        Start = CalendarTime.InZone(new LocalDateTime(2027, 4, 14, 9, 30), "Europe/Berlin"),
        End = CalendarTime.InZone(new LocalDateTime(2027, 4, 14, 10, 15), "Europe/Berlin"),
        Summary = summary,
    };

    protected static T Value<T>(ProviderResult<T> result)
        where T : class
    {
        Assert.True(result.IsSuccess, result.ToString());
        return result.Value;
    }
}
