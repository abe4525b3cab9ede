using System.Collections.Immutable;
using System.Net.Http.Headers;
using System.Text;

namespace CalendarActors.Simulators.Kit;

/// <summary>
/// Holds notifications until they are due by the clock and sends them. Left to <see cref="DeliverDueAsync"/> the order is
/// the same for the same seed; <see cref="NotificationPumpOptions.DeliversByItself"/> is for people, who have no test to call it.
/// </summary>
public sealed class NotificationPump : IAsyncDisposable
{
    private const int KeptAnswerCharacters = 4 * 1024;

    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _sending = new(1, 1);
    private readonly SemaphoreSlim _arrived = new(0);
    private readonly List<Waiting> _waiting = [];
    private readonly Queue<NotificationDelivery> _deliveries = new();
    private readonly HttpMessageInvoker _http;
    private readonly NotificationPumpOptions _options;
    private readonly CancellationTokenSource _stopping = new();
    private Task _byItself = Task.CompletedTask;
    private long _sequence;

    /// <summary>Makes a pump that has nothing to send yet.</summary>
    public NotificationPump(NotificationPumpOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _http = new HttpMessageInvoker(options.Handler ?? new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            ConnectTimeout = TimeSpan.FromSeconds(5),
        });
        if (options.DeliversByItself)
        {
            _byItself = Task.Run(() => DeliverByItselfAsync(_stopping.Token));
        }
    }

    /// <summary>Attempts so far, the oldest first; at most the newest 10,000.</summary>
    public ImmutableArray<NotificationDelivery> Deliveries
    {
        get
        {
            lock (_lock)
            {
                return [.. _deliveries];
            }
        }
    }

    /// <summary>How many wait to be sent, retries counted.</summary>
    public int WaitingCount
    {
        get
        {
            lock (_lock)
            {
                return _waiting.Count;
            }
        }
    }

    /// <summary>When the next one is due; null when none waits.</summary>
    public DateTimeOffset? NextDue
    {
        get
        {
            lock (_lock)
            {
                return _waiting.Count == 0 ? null : _waiting.Min(waiting => waiting.Due);
            }
        }
    }

    /// <summary>Called by a provider: sends a notification as its fate has it.</summary>
    public void Enqueue(Notification notification, NotificationFate? fate = null)
    {
        ArgumentNullException.ThrowIfNull(notification);
        NotificationFate decided = notification.IsCertain ? NotificationFate.Plain : fate ?? _options.Script.Decide();
        DateTimeOffset now = _options.Time.GetUtcNow();
        lock (_lock)
        {
            for (int copy = 0; copy < decided.Copies; copy++)
            {
                _waiting.Add(new(now + decided.Delay, ++_sequence, notification, 1, IsForgery: false));
            }

            if (decided.IsForged && notification.Forgery is { } forgery)
            {
                _waiting.Add(new(now, ++_sequence, forgery, 1, IsForgery: true));
            }
        }

        _arrived.Release();
    }

    /// <summary>Sends what is due by the clock, one after the other, and says how many attempts that were.</summary>
    public async Task<int> DeliverDueAsync(CancellationToken cancellationToken = default)
    {
        await _sending.WaitAsync(cancellationToken);
        try
        {
            ImmutableArray<Waiting> due = TakeDue();
            foreach (Waiting waiting in due)
            {
                await AttemptAsync(waiting, cancellationToken);
            }

            return due.Length;
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>Sends one notification now, past the script, and gives back the subscriber's answer: a handshake.</summary>
    public async Task<NotificationDelivery> SendNowAsync(Notification notification, CancellationToken cancellationToken = default)
    {
        NotificationDelivery delivery = await SendAsync(
            new(_options.Time.GetUtcNow(), 0, notification, 1, IsForgery: false), cancellationToken);
        Keep(delivery);
        return delivery;
    }

    /// <summary>Forgets what waits for a channel, such as after its end.</summary>
    public void Forget(string channel)
    {
        lock (_lock)
        {
            _waiting.RemoveAll(waiting => waiting.Notification.Channel == channel);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _byItself;
        _http.Dispose();
        _stopping.Dispose();
        _sending.Dispose();
        _arrived.Dispose();
    }

    private async Task DeliverByItselfAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await DeliverDueAsync(cancellationToken);
                await WaitForMoreAsync(cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The simulator stops; what is not delivered is lost, as it is when a provider's machine stops.
        }
    }

    private async Task WaitForMoreAsync(CancellationToken cancellationToken)
    {
        if (NextDue is not { } due)
        {
            await _arrived.WaitAsync(cancellationToken);
            return;
        }

        TimeSpan wait = due - _options.Time.GetUtcNow();
        if (wait > TimeSpan.Zero)
        {
            using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            await Task.WhenAny(Task.Delay(wait, _options.Time, enough.Token), _arrived.WaitAsync(enough.Token));
            await enough.CancelAsync();
        }
    }

    private ImmutableArray<Waiting> TakeDue()
    {
        DateTimeOffset now = _options.Time.GetUtcNow();
        List<Waiting> due;
        lock (_lock)
        {
            due = [.. _waiting.Where(waiting => waiting.Due <= now).OrderBy(waiting => waiting.Due).ThenBy(waiting => waiting.Sequence)];
            _waiting.RemoveAll(waiting => waiting.Due <= now);
        }

        for (int index = 0; index + 1 < due.Count; index++)
        {
            if (_options.Script.SwapsWithNext())
            {
                (due[index], due[index + 1]) = (due[index + 1], due[index]);
            }
        }

        return [.. due];
    }

    private async Task AttemptAsync(Waiting waiting, CancellationToken cancellationToken)
    {
        NotificationDelivery delivery = await SendAsync(waiting, cancellationToken);
        Keep(delivery);
        if (!waiting.IsForgery && _options.RetryAfter(delivery) is { } wait)
        {
            lock (_lock)
            {
                _waiting.Add(waiting with { Due = _options.Time.GetUtcNow() + wait, Attempt = waiting.Attempt + 1 });
            }
        }
    }

    private async Task<NotificationDelivery> SendAsync(Waiting waiting, CancellationToken cancellationToken)
    {
        Notification notification = waiting.Notification;
        using var request = new HttpRequestMessage(HttpMethod.Post, notification.Address);
        request.Content = new StringContent(notification.Body ?? "", Encoding.UTF8);
        request.Content.Headers.ContentType = notification.Body is null
            ? null
            : new MediaTypeHeaderValue("application/json", "utf-8");
        foreach (var (name, value) in notification.Headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        // By the machine's clock, not the simulator's: a subscriber that hangs must not hang a test whose clock stands still.
        patience.CancelAfter(_options.Patience);
        var delivery = new NotificationDelivery(_options.Time.GetUtcNow(), notification, waiting.Attempt, waiting.IsForgery, 0);
        try
        {
            using HttpResponseMessage answer = await _http.SendAsync(request, patience.Token);
            string text = await answer.Content.ReadAsStringAsync(patience.Token);
            return delivery with
            {
                Status = (int)answer.StatusCode,
                Answer = text.Length > KeptAnswerCharacters ? text[..KeptAnswerCharacters] : text,
                AnswerType = answer.Content.Headers.ContentType?.ToString(),
            };
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException
            || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return delivery;
        }
    }

    private void Keep(NotificationDelivery delivery)
    {
        lock (_lock)
        {
            _deliveries.Enqueue(delivery);
            if (_deliveries.Count > 10_000)
            {
                _deliveries.Dequeue();
            }
        }
    }

    private sealed record Waiting(DateTimeOffset Due, long Sequence, Notification Notification, int Attempt, bool IsForgery);
}
