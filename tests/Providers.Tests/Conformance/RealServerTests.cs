using CalendarActors.Domain.Events;
using CalendarActors.Domain.Providers;
using CalendarActors.Domain.Time;
using CalendarActors.TestKit.CalDavServers;
using CalendarActors.TestKit.Machine;
using NodaTime;
using Xunit.Abstractions;

namespace CalendarActors.Providers.Tests.Conformance;

/// <summary>Real servers behind a bad network: what the adapter answers, what is on the server afterwards, what it cost.</summary>
public abstract class RealServerTests(CalDavUnderTest subject, ITestOutputHelper output)
{
    private static int _lastName;

    // Of this test alone: the servers' suites run side by side.
    private readonly int _name = Interlocked.Increment(ref _lastName);

    private static CancellationToken None => CancellationToken.None;

    [SuiteFact]
    public async Task Calls_WhenAllIsWell_TakeFewRequests()
    {
        (ProviderAccess access, string calendar) = await NewCalendarAsync();
        for (int i = 0; i < 60; i++)
        {
            await subject.StoreAsync(calendar, $"e{i}.ics", EventTexts.Simple($"count{i}-{_name}@x", "Event"));
        }

        (int connect, _) = await CountAsync(() => subject.Provider.ConnectAsync(access, None));
        (int first, PullChanges all) = await CountAsync(() => subject.Provider.PullAsync(access, PullRequest.From(calendar, null), None));
        (int idle, PullChanges nothing) = await CountAsync(() => subject.Provider.PullAsync(access, PullRequest.From(calendar, all.Next), None));
        (int create, ProviderItem item) = await CountAsync(() => subject.Provider.WriteAsync(access, calendar, Write($"count{_name}", "One"), None));
        (int same, _) = await CountAsync(() => subject.Provider.WriteAsync(access, calendar, Write($"count{_name}", "One"), None));
        (int edit, _) = await CountAsync(() => subject.Provider.WriteAsync(access, calendar, Write($"count{_name}", "Two"), None));
        (int changed, PullChanges one) = await CountAsync(() => subject.Provider.PullAsync(access, PullRequest.From(calendar, nothing.Next), None));
        (int idleAgain, _) = await CountAsync(() => subject.Provider.PullAsync(access, PullRequest.From(calendar, one.Next), None));
        Dictionary<string, KnownVersion> known = all.Upserted.Append(one.Upserted.Single()).ToDictionary(i => i.Id, i => new KnownVersion(i.Version, IsManaged: false), StringComparer.Ordinal);
        (int reconcile, PullChanges repairs) = await CountAsync(() => subject.Provider.ReconcileAsync(access, PullRequest.Knowing(calendar, null, known), None));
        (int delete, _) = await CountAsync(() => subject.Provider.DeleteAsync(access, calendar, "x", item.Id, None));

        output.WriteLine(
            $"{subject.Server.Name}: connect {connect}, first pull of 60 {first}, idle poll {idle} (after a change {idleAgain}), create {create}, "
            + $"equal upsert {same}, edit {edit}, pull of one change {changed}, reconcile {reconcile}, delete {delete}");
        Assert.Equal((1, 1, 1), (idle, same, delete));
        Assert.True(connect <= 3 && first <= 4 && create <= 4 && edit <= 3 && changed <= 3 && reconcile <= 2 && idleAgain <= 2);
        Assert.True(repairs.IsEmpty);
    }

    [SuiteFact]
    public async Task Write_WhenItsAnswerIsLost_IsThereOnceAfterTheNextTry()
    {
        (ProviderAccess access, string calendar) = await NewCalendarAsync();
        ProviderWrite write = Write($"lost{_name}", "Ours");

        // Both the first answer and that of the one retry: the adapter cannot know, the caller asks again.
        subject.Proxy.Plan("PUT", ProxyFault.LoseAnswer);
        subject.Proxy.Plan("PUT", ProxyFault.LoseAnswer);
        ProviderResult<ProviderItem> lost = await subject.Provider.WriteAsync(access, calendar, write, None);
        ProviderItem found = Value(await subject.Provider.WriteAsync(access, calendar, write, None));

        Assert.Equal(ProviderFaultKind.Transient, lost.Fault?.Kind);
        Assert.Equal([found.Id], await subject.ListAsync(calendar));
    }

    [SuiteFact]
    public async Task Write_WhenTheConnectionBreaksOnce_SucceedsByItself()
    {
        (ProviderAccess access, string calendar) = await NewCalendarAsync();
        foreach (ProxyFault fault in new[] { ProxyFault.ResetBefore, ProxyFault.LoseAnswer })
        {
            subject.Proxy.Plan("PUT", fault);
            ProviderItem item = Value(await subject.Provider.WriteAsync(access, calendar, Write($"{fault}{_name}".ToLowerInvariant(), "Ours"), None));
            Assert.Equal("Ours", item.Object.Master!.Content.Summary);
        }

        Assert.Equal(2, (await subject.ListAsync(calendar)).Count);
    }

    [SuiteFact]
    public async Task Call_WhenTheServerRefusesOnce_IsThatFaultAndTheNextSucceeds()
    {
        (ProviderAccess access, string calendar) = await NewCalendarAsync();
        foreach ((ProxyFault fault, ProviderFaultKind expected) in new[]
        {
            (ProxyFault.Refuse401, ProviderFaultKind.AuthDead),
            (ProxyFault.Throttle429, ProviderFaultKind.Throttled),
            (ProxyFault.Fail500, ProviderFaultKind.Transient),
            (ProxyFault.Fail503, ProviderFaultKind.Transient),
        })
        {
            subject.Proxy.Plan("PROPFIND", fault);
            Assert.Equal(expected, (await subject.Provider.PullAsync(access, PullRequest.From(calendar, null), None)).Fault?.Kind);
            Value(await subject.Provider.PullAsync(access, PullRequest.From(calendar, null), None));
        }
    }

    [SuiteFact]
    public async Task Pull_WhenItsSyncTokenIsDropped_StartsANewGenerationOrIsHealedByReconciling()
    {
        (ProviderAccess access, string calendar) = await NewCalendarAsync();
        PullChanges first = Value(await subject.Provider.PullAsync(access, PullRequest.From(calendar, null), None));
        await subject.StoreAsync(calendar, "missed.ics", EventTexts.Simple($"missed{_name}@x", "Missed"));

        subject.Proxy.Plan("REPORT", ProxyFault.RefuseSyncToken);
        ProviderResult<PullChanges> refused = await subject.Provider.PullAsync(access, PullRequest.From(calendar, first.Next), None);
        subject.Proxy.Plan("REPORT", ProxyFault.EmptySync);
        PullChanges deaf = Value(await subject.Provider.PullAsync(access, PullRequest.From(calendar, first.Next), None));
        PullChanges healed = Value(await subject.Provider.ReconcileAsync(access, PullRequest.From(calendar, null), None));

        Assert.Equal(ProviderFaultKind.ResyncRequired, refused.Fault?.Kind);
        Assert.True(deaf.IsEmpty);
        Assert.Single(healed.Upserted);
    }

    [SuiteFact]
    public async Task Cache_WhenTwoClientsWriteOverABadNetwork_EqualsTheServer()
    {
        (ProviderAccess access, string calendar) = await NewCalendarAsync();
        var random = new Random(20_271);
        Dictionary<string, ProviderItem> cache = new(StringComparer.Ordinal);
        HashSet<string> acknowledged = new(StringComparer.Ordinal);
        string? cursor = null;
        subject.Proxy.Script = (_, _) => random.Next(100) switch
        {
            < 4 => ProxyFault.ResetBefore,
            < 8 => ProxyFault.LoseAnswer,
            < 10 => ProxyFault.CutAnswer,
            < 13 => ProxyFault.Fail503,
            < 14 => ProxyFault.Refuse401,
            _ => ProxyFault.None,
        };

        for (int step = 0; step < 60; step++)
        {
            string name = $"r{random.Next(8)}";
            switch (random.Next(5))
            {
                case 0:
                    await subject.StoreAsync(calendar, $"{name}.ics", EventTexts.Simple($"{name}-{_name}@x", $"Theirs {step}"));
                    break;
                case 1 when (await subject.ListAsync(calendar)).FirstOrDefault(p => p.EndsWith($"/{name}.ics", StringComparison.Ordinal)) is { } path:
                    await subject.RemoveAsync(calendar, path);
                    break;
                case 2 or 3:
                    string key = $"own{random.Next(5)}x{_name}";
                    if ((await subject.Provider.WriteAsync(access, calendar, Write(key, $"Ours {step}"), None)).IsSuccess)
                    {
                        acknowledged.Add(key);
                    }

                    break;
                default:
                    cursor = Applied(cache, await subject.Provider.PullAsync(access, PullRequest.From(calendar, cursor), None), cursor);
                    break;
            }
        }

        subject.Proxy.Script = null;
        Applied(cache, await subject.Provider.PullAsync(access, PullRequest.From(calendar, cursor), None), cursor);

        PullChanges truth = Value(await subject.Provider.PullAsync(access, PullRequest.From(calendar, null), None));
        Assert.Equal(truth.Upserted.OrderBy(i => i.Id, StringComparer.Ordinal), cache.Values.OrderBy(i => i.Id, StringComparer.Ordinal));
        Assert.All(acknowledged, key => Assert.Single(truth.Upserted, i => i.Object.Uid == key));
        Assert.Equal(truth.Upserted.Length, truth.Upserted.Select(i => i.Object.Uid).Distinct(StringComparer.Ordinal).Count());
    }

    private static string? Applied(Dictionary<string, ProviderItem> cache, ProviderResult<PullChanges> pulled, string? cursor)
    {
        if (!pulled.IsSuccess)
        {
            return pulled.Fault.Kind == ProviderFaultKind.ResyncRequired ? null : cursor;
        }

        if (pulled.Value.IsComplete)
        {
            cache.Clear();
        }

        foreach (ProviderItem item in pulled.Value.Upserted)
        {
            cache[item.Id] = item;
        }

        foreach (string id in pulled.Value.Removed)
        {
            cache.Remove(id);
        }

        return pulled.Value.Next;
    }

    private static ProviderWrite Write(string key, string summary) => new(key, null, null, new EventChange
    {
        Start = CalendarTime.InZone(new LocalDateTime(2027, 4, 14, 9, 30), "Europe/Berlin"),
        End = CalendarTime.InZone(new LocalDateTime(2027, 4, 14, 10, 15), "Europe/Berlin"),
        Summary = summary,
    });

    private static T Value<T>(ProviderResult<T> result)
        where T : class
    {
        Assert.True(result.IsSuccess, result.ToString());
        return result.Value;
    }

    private async Task<(int Requests, T Value)> CountAsync<T>(Func<Task<ProviderResult<T>>> call)
        where T : class
    {
        subject.Proxy.Clear();
        T value = Value(await call());
        return (subject.Proxy.Exchanges.Length, value);
    }

    private async Task<(ProviderAccess Access, string CalendarId)> NewCalendarAsync()
    {
        ProviderAccount account = Value(await subject.Provider.ConnectAsync(subject.Typed, None));
        ProviderCalendar calendar = Value(await subject.Provider.CreateCalendarAsync(
            account.Access, $"Net {_name}", null, None));
        return (account.Access, calendar.Id);
    }
}
