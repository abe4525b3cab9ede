using CalendarActors.Domain.Providers;
using CalendarActors.Grains.Interfaces.Sync;

namespace CalendarActors.Grains.Tests.Sync;

/// <summary>What happens to notifications, watches and tokens in a history.</summary>
internal sealed partial class History
{
    /// <summary>In a quarter of the histories nobody ever tells us anything.</summary>
    private bool IsSilent => seed % 4 == 0;

    private async Task TellAsync()
    {
        int times = IsSilent ? 0 : _random.Next(3);
        Note($"  told {times} times");
        for (int i = 0; i < times; i++)
        {
            try
            {
                await _login.TellAsync();
            }
            catch (Exception exception) when (exception is not Xunit.Sdk.XunitException)
            {
                // Not answered, so the provider would tell again, or not.
                Note("  not heard");
            }
        }
    }

    private async Task TroubleTheWatchAsync()
    {
        switch (_random.Next(6))
        {
            case 0:
                Note("access tokens are worthless");
                _login.Tokens.ExpireAccess(_login.User);
                break;
            case 1:
                Note("the next renewal fails");
                _login.Tokens.FailNext(Pick(ProviderFaultKind.Transient, ProviderFaultKind.Throttled));
                break;
            case 2 when _login.Watching.Of(_login.Remote.Id) is [var (_, watch), ..]:
                Note("a watch is gone without a word");
                _login.Watching.Drop(watch.Id);
                break;
            case 3:
                Note("the next watch fails");
                _login.Watching.FailNext(ProviderFaultKind.Transient);
                break;
            case 4 when !IsSilent:
                Note("a notification comes that is not for us");
                await _login.Hints.Notify(new WatchNotice([1, 2, 3], WatchNoticeKind.Changed, "stranger", "r"), default);
                break;
            default:
                TimeSpan pass = TimeSpan.FromMinutes(_random.Next(10, 200));
                Note($"{pass} pass");
                await cluster.PassAsync(pass, TimeSpan.FromMinutes(1));
                break;
        }
    }

    /// <summary>
    /// Nobody tells us of anything any more. The slow poll finds it; where a cursor died in silence, the daily comparison.
    /// </summary>
    private Task SettleUntoldAsync() => cluster.PassAsync(TimeSpan.FromHours(28), TimeSpan.FromMinutes(3));
}
