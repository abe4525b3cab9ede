using Microsoft.Kiota.Abstractions;
using Microsoft.Kiota.Abstractions.Authentication;

namespace CalendarActors.Providers.Microsoft;

/// <summary>What every request to Graph carries: the token, and how we want to be answered.</summary>
/// <remarks>The package sends a token to whatever host a link names; here it goes to the configured one only.</remarks>
internal sealed class GraphAuthentication(Uri baseAddress, string accessToken) : IAuthenticationProvider
{
    private const string BodyType = "outlook.body-content-type";

    public Task AuthenticateRequestAsync(
        RequestInformation request,
        Dictionary<string, object>? additionalAuthenticationContext = null,
        CancellationToken cancellationToken = default)
    {
        if (!GraphLinks.IsOurs(baseAddress, request.URI))
        {
            throw new InvalidOperationException("A request to Graph names another host than the configured one.");
        }

        Prefer(request);
        request.Headers.Remove("Authorization");
        request.Headers.Add("Authorization", $"Bearer {accessToken}");
        return Task.CompletedTask;
    }

    /// <summary>How we want to be answered. The package does not ask for it in the parts of a batch.</summary>
    public static void Prefer(RequestInformation request)
    {
        List<string> wishes = ["IdType=\"ImmutableId\"", "outlook.timezone=\"UTC\""];
        bool saysBodyType = request.Headers.TryGetValue("Prefer", out IEnumerable<string>? said)
            && said.Any(v => v.StartsWith(BodyType, StringComparison.Ordinal));
        if (!saysBodyType)
        {
            wishes.Add($"{BodyType}=\"text\"");
        }

        // As one value: in a batch the package writes several without anything between them.
        request.Headers.Add("Prefer", string.Join(", ", wishes));
    }
}
