using System.Text;
using CalendarActors.Domain.Channels;
using CalendarActors.Domain.Secrets;
using CalendarActors.Grains.Interfaces;
using CalendarActors.Grains.Interfaces.Applications;
using CalendarActors.Grains.Interfaces.Persons;
using CalendarActors.Grains.Sync;
using NodaTime;

namespace CalendarActors.Grains.Triggers;

/// <summary>Makes one call, and makes it again while it fails, outside the grain's turns.</summary>
/// <remarks>A call that is refused once leaves its row; one that is taken never has another. Rules as for channels' deliveries.</remarks>
internal sealed class TriggerCallWorker(
    string key, IPersistentState<TriggerCallState> outbox, Action end, TriggerParts parts)
{
    // Until somebody gives the application a secret, or its end arrives here.
    private static readonly Duration WithoutSecret = Duration.FromMinutes(1);

    private static readonly TimeSpan AfterFault = TimeSpan.FromSeconds(20);

    private bool _isEnding;

    /// <summary>Where a call's address and body are stored.</summary>
    public static SecretPlace PlaceOf(string key, string field) => new("trigger-call", key, field);

    /// <summary>Works until nothing is due.</summary>
    /// <returns>When to run again; null when nothing waits.</returns>
    public async Task<TimeSpan?> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (!cancellationToken.IsCancellationRequested && !_isEnding && outbox.RecordExists)
            {
                if (outbox.State.NotBefore is { } due && due > parts.Now)
                {
                    return (due - parts.Now).ToTimeSpan();
                }

                await TryAsync(outbox.State, cancellationToken);
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            parts.Log.CallWorkerFailed(exception, key);
            return _isEnding ? null : AfterFault;
        }

        return null;
    }

    private async Task TryAsync(TriggerCallState call, CancellationToken cancellationToken)
    {
        PersonView person = await parts.Grains.Person(call.PersonId).View(cancellationToken);
        if (!person.Grants.Contains(call.GrantId, StringComparer.Ordinal))
        {
            await DropAsync(call, "revoked");
            return;
        }

        byte[]? address = await parts.Vault.OpenAsync(PlaceOf(key, "address"), call.Address!, cancellationToken);
        byte[]? body = await parts.Vault.OpenAsync(PlaceOf(key, "body"), call.Body!, cancellationToken);
        if (address is null || body is null)
        {
            await DropAsync(call, "erased");
            return;
        }

        List<byte[]> secrets = await SecretsAsync(call.ClientId, cancellationToken);
        if (secrets.Count == 0)
        {
            await (parts.Now > call.Created + DeliveryRules.Window
                ? DropAsync(call, "unsigned")
                : StoreAsync(call with { NotBefore = parts.Now + WithoutSecret }));
            return;
        }

        CallbackAnswer answer = await parts.Sender.SendAsync(
            new CallbackRequest(
                call.ClientId,
                Encoding.UTF8.GetString(address),
                body,
                [new(NotificationSignature.Header, NotificationSignature.Of(body, secrets))]),
            cancellationToken);
        parts.Meters.Attempted(answer.Outcome);
        await FollowAsync(call, answer);
    }

    private Task FollowAsync(TriggerCallState call, CallbackAnswer answer)
    {
        Delivery tried = DeliveryRules.After(
            new Delivery(
                1, NotificationKind.Change, null, 0, DeliveryProgress.Pending, call.Created, call.Attempts, call.FirstAttempt),
            answer,
            parts.Now,
            Chance.Of(key, call.Attempts));
        if (tried.Progress == DeliveryProgress.Delivered)
        {
            return outbox.ClearOrEndAsync(End);
        }

        parts.Log.CallFailed(key, tried.Attempts, tried.Outcome, tried.Status);
        return tried.Progress == DeliveryProgress.Failed
            ? DropAsync(call with { Attempts = tried.Attempts }, answer.Outcome == CallbackOutcome.Gone ? "gone" : "given up")
            : StoreAsync(call with
            {
                Attempts = tried.Attempts,
                FirstAttempt = tried.FirstAttempt,
                NotBefore = tried.NextAttempt,
            });
    }

    private Task DropAsync(TriggerCallState call, string reason)
    {
        parts.Meters.Dropped(reason);
        parts.Log.CallDropped(key, call.GrantId, call.Attempts, reason);
        return outbox.ClearOrEndAsync(End);
    }

    private Task StoreAsync(TriggerCallState next) => outbox.CommitAsync(next, End, CancellationToken.None);

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

    private void End()
    {
        _isEnding = true;
        end();
    }
}
