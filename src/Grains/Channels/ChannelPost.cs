using System.Collections.Immutable;
using System.Diagnostics;
using System.Text;
using CalendarActors.Domain.Channels;
using CalendarActors.Grains.Interfaces.Applications;
using CalendarActors.Grains.Sync;
using NodaTime;

namespace CalendarActors.Grains.Channels;

/// <summary>Makes deliveries of what waits, tries them, and decides by what came of it.</summary>
internal sealed class ChannelPost(string channelId, ChannelRows rows, ChannelParts parts)
{
    // Until somebody gives the application a secret, or its end arrives here.
    private static readonly Duration WithoutSecret = Duration.FromMinutes(1);

    /// <summary>Makes a delivery of what waits first, unless another is being tried.</summary>
    /// <returns>False when there is nothing to make.</returns>
    public bool Make()
    {
        bool isPushed = rows.Channel.Settings.IsPushed;
        if (rows.Outbox.Pending is { } pending)
        {
            if (isPushed)
            {
                return false;
            }

            Finish(pending with { Progress = DeliveryProgress.Unpushed, NextAttempt = null });
            return true;
        }

        if (rows.Outbox.Waiting.IsEmpty)
        {
            return false;
        }

        Delivery delivery = Delivery.Of(rows.Outbox.Waiting[0], rows.Channel.LastSequence + 1, parts.Now, isPushed);
        rows.Change(c => c with { LastSequence = delivery.Sequence });
        rows.Owe(o => o with
        {
            Pending = isPushed ? delivery : null,
            Waiting = o.Waiting.RemoveAt(0),
            WaitingSince = o.Waiting.Length > 1 ? o.WaitingSince : null,
        });
        if (!isPushed)
        {
            Finish(delivery);
        }

        return true;
    }

    /// <summary>Tries a delivery once.</summary>
    public async Task TryAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        using Activity? activity = ChannelMeters.Attempt(channelId, delivery);
        if (await RequestAsync(delivery, cancellationToken) is not { } request)
        {
            rows.Owe(o => o.Pending?.Sequence == delivery.Sequence
                ? o with { Pending = delivery with { NextAttempt = parts.Now + WithoutSecret } }
                : o);
            return;
        }

        CallbackAnswer answer = await parts.Sender.SendAsync(request, cancellationToken);
        activity?.SetTag("callback.outcome", answer.Outcome.ToString());
        activity?.SetTag("http.response.status_code", answer.Status);
        parts.Meters.Attempted(answer.Outcome);

        // Meanwhile it may have been closed, or set to be fetched.
        if (rows.Outbox.Pending?.Sequence != delivery.Sequence || !rows.Channel.IsOpen)
        {
            return;
        }

        Delivery next = DeliveryRules.After(delivery, answer, parts.Now, Chance.Of(channelId, (delivery.Sequence << 8) + delivery.Attempts));
        switch (next.Progress)
        {
            case DeliveryProgress.Delivered:
                if (next.Since is { } since)
                {
                    parts.Meters.Lagged((parts.Now - since).TotalSeconds);
                }

                Finish(next);
                break;
            case DeliveryProgress.Failed:
                await CloseAsync(next);
                break;
            default:
                parts.Log.DeliveryFailed(channelId, next.Sequence, next.Attempts, next.Outcome, next.Status);
                rows.Owe(o => o with { Pending = next });
                break;
        }
    }

    private void Finish(Delivery delivery)
    {
        rows.Owe(o => o with { Pending = null });
        rows.Change(c => c with
        {
            Log = DeliveryLog.With(c.Log, delivery, parts.Options.DeliveriesKept, parts.Options.Longest, parts.Now),
        });
    }

    /// <summary>Ends the channel for good: it stops listening, and what waits is not told any more.</summary>
    private Task CloseAsync(Delivery failed)
    {
        CloseReason reason = failed.Outcome is CallbackOutcome.Gone ? CloseReason.Gone : CloseReason.GivenUp;
        Finish(failed);
        rows.Change(c => c with { Closed = reason, ClosedAt = parts.Now });
        rows.Owe(_ => ChannelOutboxState.Leaving(rows.Channel.PersonId, reason, parts.Now));
        parts.Meters.Closed(reason);
        parts.Log.ChannelClosed(channelId, rows.Channel.ClientId, reason, failed.Sequence);
        return rows.SaveAsync();
    }

    /// <summary>What to send; null while there is nothing to sign with, or the address cannot be opened.</summary>
    private async Task<CallbackRequest?> RequestAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        ChannelState channel = rows.Channel;
        byte[]? url = await parts.Vault.OpenAsync(ChannelParts.PlaceOf(channelId), channel.Callback!, cancellationToken);
        List<byte[]> secrets = await SecretsAsync(channel.ClientId, cancellationToken);
        if (url is null || secrets.Count == 0)
        {
            parts.Log.NothingToSignWith(channelId, channel.ClientId);
            return null;
        }

        string address = Encoding.UTF8.GetString(url);
        byte[] body = NotificationBody.Write(delivery.Kind, delivery.Since, channelId, address, channel.Filter);
        ImmutableArray<KeyValuePair<string, string>> headers =
        [
            new(NotificationSignature.Header, NotificationSignature.Of(body, secrets)),
            .. channel.Settings.SignsStandard
                ? NotificationSignature.Standard(body, delivery.IdFor(channelId), parts.Now, secrets)
                : [],
        ];
        return new CallbackRequest(channel.ClientId, address, body, headers);
    }

    private async Task<List<byte[]>> SecretsAsync(string clientId, CancellationToken cancellationToken)
    {
        List<byte[]> secrets = [];
        foreach (SigningSecret secret in await parts.Grains.GetGrain<IApplicationGrain>(clientId).SigningSecrets(cancellationToken))
        {
            if (await parts.Vault.OpenAsync(SigningSecret.PlaceIn(clientId, secret.Id), secret.Sealed, cancellationToken) is { } opened)
            {
                secrets.Add(opened);
            }
        }

        return secrets;
    }
}
