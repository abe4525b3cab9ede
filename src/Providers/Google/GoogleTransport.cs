using System.Net;
using CalendarActors.Providers.Outbound;
using Google.Apis.Calendar.v3;
using Google.Apis.Http;
using Google.Apis.Json;
using Google.Apis.Services;
using Microsoft.Extensions.Options;
using Newtonsoft.Json;

namespace CalendarActors.Providers.Google;

/// <summary>The one client of Google's package, shared by all logins: credentials come with each request.</summary>
internal sealed class GoogleTransport : IDisposable
{
    private static readonly JsonSerializerSettings Settings = SettingsOf();

    public GoogleTransport(AddressGuard guard, IOptions<GoogleOptions> options)
    {
        Service = new CalendarService(new BaseClientService.Initializer
        {
            ApplicationName = "CalendarActors",
            BaseUri = options.Value.ApiBaseUrl.AbsoluteUri,
            HttpClientFactory = new HttpClientFromMessageHandlerFactory(wanted => HandlerOf(guard, wanted)),
            HttpClientTimeout = TimeSpan.FromSeconds(25),
            Serializer = new NewtonsoftJsonSerializer(Settings),

            // A retry sleeps inside the call, which the port forbids: whoever called decides.
            DefaultExponentialBackOffPolicy = ExponentialBackOffPolicy.None,
        });
        Service.HttpClient.MessageHandler.NumTries = 1;
        Service.HttpClient.MessageHandler.FollowRedirect = false;
    }

    /// <summary>The client. Never log what it throws: its messages quote answers.</summary>
    public CalendarService Service { get; }

    /// <summary>Reads single rows as <see cref="Service"/> reads whole answers.</summary>
    public static JsonSerializer RowSerializer { get; } = JsonSerializer.Create(Settings);

    public void Dispose() => Service.Dispose();

    // The package asks for two: one for usual answers, and one for those whose bytes it looks at as they are.
    private static HttpClientFromMessageHandlerFactory.ConfiguredHttpMessageHandler HandlerOf(
        AddressGuard guard, HttpClientFromMessageHandlerFactory.HttpMessageHandlerOptions wanted)
    {
        SocketsHttpHandler handler = GuardedHandler.Create(guard, TimeSpan.FromMinutes(2));
        handler.AutomaticDecompression = wanted.MayPerformDecompression ? handler.AutomaticDecompression : DecompressionMethods.None;
        return new(handler, wanted.MayPerformDecompression, handlesRedirect: false);
    }

    // Texts that look like times stay the texts they are: what is not understood must be written back unchanged.
    private static JsonSerializerSettings SettingsOf()
    {
        JsonSerializerSettings settings = NewtonsoftJsonSerializer.CreateDefaultSettings();
        settings.DateParseHandling = DateParseHandling.None;
        settings.MaxDepth = 64;
        return settings;
    }
}
