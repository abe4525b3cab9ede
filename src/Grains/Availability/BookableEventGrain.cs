using System.Collections.Immutable;
using System.Text;
using CalendarActors.Domain.Availability;
using CalendarActors.Domain.Secrets;
using CalendarActors.Grains.Interfaces.Availability;

namespace CalendarActors.Grains.Availability;

/// <summary>One bookable event: whoever registers is counted here and nowhere else. Calls nobody.</summary>
/// <remarks>Interleaving: what is only read. It sees what is written.</remarks>
[GrainType("bookable-event")]
internal sealed class BookableEventGrain(
    [PersistentState(StorageNames.BookableEvent, StorageNames.Provider)] IPersistentState<BookableEventState> state, ISecretVault vault)
    : Grain, IBookableEventGrain
{
    private BookableEventState _current = new();

    private string Key => this.GetPrimaryKeyString();

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _current = state.State;
        return Task.CompletedTask;
    }

    public async Task<BookableEventView> Put(BookableEvent definition, CancellationToken cancellationToken)
    {
        if (_current.Event != definition)
        {
            await WriteAsync(_current with { Event = definition });
        }

        return (await View(cancellationToken))!;
    }

    public async Task<BookableEventView?> View(CancellationToken cancellationToken)
    {
        BookableEventState now = _current;
        if (now.Event is not { } known)
        {
            return null;
        }

        var registrations = ImmutableArray.CreateBuilder<Registration>(now.Registrations.Length);
        foreach (StoredRegistration stored in now.Registrations)
        {
            byte[]? metadata = stored.Metadata is null
                ? null
                : await vault.OpenAsync(PlaceOf(stored.RegistrationId), stored.Metadata, cancellationToken);
            registrations.Add(new Registration(
                stored.RegistrationId, stored.Status, metadata is null ? null : Encoding.UTF8.GetString(metadata)));
        }

        return new BookableEventView(known, registrations.MoveToImmutable());
    }

    public Task<BookableEventPlaces?> Places(CancellationToken cancellationToken)
    {
        BookableEventState now = _current;
        if (now.Event is not { } known)
        {
            return Task.FromResult<BookableEventPlaces?>(null);
        }

        RegistrationStatus[] all = [.. now.Registrations.Select(r => r.Status)];
        return Task.FromResult<BookableEventPlaces?>(new BookableEventPlaces(
            known, all.Count(RegistrationRules.TakesPlace), !known.IsCancelled && RegistrationRules.HasPlace(all, known.Capacity)));
    }

    public async Task<RegisterAnswer> Register(Registration registration, CancellationToken cancellationToken)
    {
        if (_current.Event is not { } known)
        {
            return new RegisterAnswer(null, false);
        }

        StoredRegistration? was = _current.Registrations.FirstOrDefault(r => r.RegistrationId == registration.RegistrationId);
        RegistrationStatus[] others = [.. _current.Registrations.Where(r => r != was).Select(r => r.Status)];
        if ((known.IsCancelled && registration.Status.TakesPlace())
            || !RegistrationRules.Fits(others, was?.Status, registration.Status, known.Capacity))
        {
            return new RegisterAnswer(await View(cancellationToken), true);
        }

        StoredRegistration next = new(
            registration.RegistrationId,
            registration.Status,
            registration.Metadata is null
                ? was?.Metadata
                : await vault.SealAsync(
                    known.ClientId, PlaceOf(registration.RegistrationId), Encoding.UTF8.GetBytes(registration.Metadata), cancellationToken));
        await WriteAsync(_current with
        {
            Registrations = was is null ? _current.Registrations.Add(next) : _current.Registrations.Replace(was, next),
        });
        return new RegisterAnswer(await View(cancellationToken), false);
    }

    public async Task<bool> Unregister(string registrationId, CancellationToken cancellationToken)
    {
        if (_current.Registrations.Any(r => r.RegistrationId == registrationId))
        {
            await WriteAsync(_current with { Registrations = _current.Registrations.RemoveAll(r => r.RegistrationId == registrationId) });
        }

        return _current.Event is not null;
    }

    private SecretPlace PlaceOf(string registrationId) => new("bookable-event", Key, registrationId);

    private async Task WriteAsync(BookableEventState next)
    {
        await state.CommitAsync(next, DeactivateOnIdle, CancellationToken.None);
        _current = next;
    }
}
