using System.Globalization;
using System.Net;
using System.Threading.RateLimiting;
using CalendarActors.Gateway.Api;
using CalendarActors.Gateway.Pages;
using CalendarActors.Grains.Interfaces.Applications;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace CalendarActors.Gateway.RateLimits;

/// <summary>Limits per network address where no application has proved itself yet: this gateway alone counts.</summary>
internal static class AddressLimits
{
    /// <summary>Trying logins at somebody's server is what a person does a few times.</summary>
    private const int LoginsPerMinute = 60;

    private static readonly string[] Paths = ["/oauth", "/enterprise_connect", "/connect", "/permissions", "/relink", "/operator", "/operators", "/attachments"];

    public static IServiceCollection AddAddressLimits(this IServiceCollection services)
    {
        services.AddRateLimiter(_ => { });
        services.AddOptions<RateLimiterOptions>().Configure<IOptions<RateLimitOptions>>(
            (limiter, limits) =>
            {
                limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
                limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, (IPAddress?, bool)>(
                    context => PartitionOf(context, limits.Value.AddressPerMinute));
                limiter.OnRejected = async (rejected, _) => await RefuseAsync(rejected);
            });
        return services;
    }

    /// <summary>Programs get JSON as from everywhere else; what people see is a page.</summary>
    private static async Task RefuseAsync(OnRejectedContext rejected)
    {
        HttpContext context = rejected.HttpContext;
        TimeSpan wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out TimeSpan after) ? after : TimeSpan.FromMinutes(1);
        int seconds = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds));
        if (PagesComposition.IsPage(context.Request.Path))
        {
            context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
            return;
        }

        await ApiErrors.TooMany(context, seconds);
    }

    private static RateLimitPartition<(IPAddress?, bool)> PartitionOf(HttpContext context, int perMinute)
    {
        PathString path = context.Request.Path;
        if (perMinute == 0 || !Paths.Any(p => path.StartsWithSegments(p, StringComparison.Ordinal)))
        {
            return RateLimitPartition.GetNoLimiter<(IPAddress?, bool)>((null, false));
        }

        bool isLogin = HttpMethods.IsPost(context.Request.Method)
            && path.Value!.EndsWith("/login", StringComparison.Ordinal);
        return RateLimitPartition.GetFixedWindowLimiter(
            (context.Connection.RemoteIpAddress, isLogin),
            key => new FixedWindowRateLimiterOptions
            {
                PermitLimit = key.Item2 ? Math.Min(LoginsPerMinute, perMinute) : perMinute,
                Window = TimeSpan.FromMinutes(1),
            });
    }
}
