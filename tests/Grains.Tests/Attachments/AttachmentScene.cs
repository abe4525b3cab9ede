using System.Collections.Immutable;
using System.Text;
using CalendarActors.Domain.Attachments;
using CalendarActors.Domain.Events;
using CalendarActors.Grains.Interfaces;
using CalendarActors.Grains.Interfaces.Attachments;
using CalendarActors.Grains.Interfaces.Sync;
using CalendarActors.Grains.Tests.Cluster;

namespace CalendarActors.Grains.Tests.Attachments;

/// <summary>An application's file, and a person's calendar that an event of the application may have it in.</summary>
internal sealed class AttachmentScene
{
    public const string FileName = "Secret plans.txt";
    public const string Text = "Nobody may know.";
    public const string EventId = "booking-42";

    private static int _count;

    private AttachmentScene(CalendarCluster cluster, TestLogin login)
    {
        int number = Interlocked.Increment(ref _count);
        (Cluster, Login) = (cluster, login);
        ClientId = GrainKeys.Application([7, 7, 7, 7, 7, 7, 7, 7, 7, (byte)number]);
        GrantId = $"acc_file{number}";
        Id = GrainKeys.Attachment([7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, (byte)number]);
    }

    public CalendarCluster Cluster { get; }

    public TestLogin Login { get; }

    public string ClientId { get; }

    public string GrantId { get; }

    public string Id { get; }

    public IAttachmentGrain File => Cluster.Grains.Attachment(Id);

    /// <summary>True while anything of it is stored.</summary>
    public bool IsStored => Rows.Any(row => row is not null);

    public async Task<bool> IsListedAsync() => await Cluster.Listed.CountAsync("attachment", ClientId, default) > 0;

    public IEnumerable<byte[]?> Rows =>
        [Cluster.Rows.Bytes(StorageNames.Attachment, Id), Cluster.Rows.Bytes(StorageNames.AttachmentContent, Id)];

    public static async Task<AttachmentScene> MakeAsync(CalendarCluster cluster, bool isStored = true)
    {
        AttachmentScene scene = new(cluster, await TestLogin.ConnectedAsync(cluster));
        await scene.Login.Person.AddGrant(scene.GrantId, default);
        if (isStored)
        {
            Assert.True(await scene.StoreAsync());
        }

        return scene;
    }

    public Task<bool> StoreAsync() =>
        File.Store(new StoreAttachment(ClientId, new AttachmentContent(FileName, "text/plain", [.. Encoding.UTF8.GetBytes(Text)])), default);

    public Task<AttachAnswer> AttachAsync(string? clientId = null, string? calendarId = null) =>
        File.Attach(new AttachToCalendar(clientId ?? ClientId, Login.PersonId, GrantId, calendarId ?? Login.CalendarId), default);

    /// <summary>The application writes its event with these files.</summary>
    public async Task<AttachedFile> WriteAsync()
    {
        AttachedFile file = (await AttachAsync()).File!;
        await UpsertAsync(file);
        return file;
    }

    public Task<WriteAnswer> UpsertAsync(params ImmutableArray<AttachedFile> files) => Login.Calendar.Upsert(
        new UpsertEvent(ClientId, EventId, TestLogin.Change("x") with { Attachments = Change<ImmutableArray<AttachedFile>>.To(files) }), default);

    /// <summary>What the link opens; null when nothing.</summary>
    public async Task<string?> ReadAsync(string? grantId = null, string? personId = null, string? calendarId = null)
    {
        ImmutableArray<byte> hash =
            [.. AttachmentLinks.TokenOf(Cluster.Keys, Id, ClientId, GrantId, calendarId ?? Login.CalendarId).Hash];
        AttachmentContent? file = await File.Read(personId ?? Login.PersonId, grantId ?? GrantId, hash, default);
        Assert.True(file is null or { FileName: FileName, ContentType: "text/plain" });
        return file is null ? null : Encoding.UTF8.GetString(file.Bytes.AsSpan());
    }

    /// <summary>What its reminder does once a day, days later.</summary>
    public async Task LookAsync(double days = 1)
    {
        Cluster.Time.Advance(TimeSpan.FromDays(days));
        await Cluster.Silos.DeactivateAsync(File);
        await File.AsReference<IRemindable>().ReceiveReminder("look", default);
    }

    public async Task EndAsync()
    {
        await Login.Person.RemoveGrant(GrantId, default);
        await Login.Connection.Revoke(default);
        await LookAsync(10);
        Assert.False(IsStored);
    }
}
