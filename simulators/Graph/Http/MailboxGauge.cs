using Microsoft.AspNetCore.Http;

namespace CalendarActors.Simulators.Graph.Http;

/// <summary>
/// Counts the requests of each mailbox from their arrival until their answer is about to be sent: not until it is sent, or
/// a client that sends its next request at once would seem to have one more than it has.
/// </summary>
internal sealed class MailboxGauge
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _inFlight = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _most = new(StringComparer.Ordinal);

    public void Enter(HttpContext context, string mailbox)
    {
        lock (_lock)
        {
            int now = _inFlight[mailbox] = _inFlight.GetValueOrDefault(mailbox) + 1;
            _most[mailbox] = Math.Max(now, _most.GetValueOrDefault(mailbox));
            var stay = new Stay(this, mailbox, now);
            context.Items[typeof(Stay)] = stay;

            // For requests whose connection a fault ends before anybody answers.
            context.Response.RegisterForDispose(stay);
        }
    }

    /// <summary>How many there were at this request's arrival, itself counted.</summary>
    public static int AtArrival(HttpContext context) => context.Items[typeof(Stay)] is Stay stay ? stay.AtArrival : 0;

    public static void Leave(HttpContext context) => (context.Items[typeof(Stay)] as Stay)?.Dispose();

    public int Most(string mailbox)
    {
        lock (_lock)
        {
            return _most.GetValueOrDefault(mailbox);
        }
    }

    private sealed class Stay(MailboxGauge gauge, string mailbox, int atArrival) : IDisposable
    {
        private bool _left;

        public int AtArrival => atArrival;

        public void Dispose()
        {
            lock (gauge._lock)
            {
                if (!_left)
                {
                    _left = true;
                    gauge._inFlight[mailbox]--;
                }
            }
        }
    }
}
