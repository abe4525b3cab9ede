using System.Text;
using CalendarActors.Domain.Attachments;
using CalendarActors.Grains.Interfaces;
using CalendarActors.Grains.Interfaces.Attachments;
using CalendarActors.Grains.Tests.Cluster;

namespace CalendarActors.Grains.Tests.Attachments;

/// <summary>A file lives as long as an event has it, and opens for whoever has its link that long.</summary>
[Collection(FileCluster.Name)]
public sealed class AttachmentGrainTests(CalendarCluster cluster)
{
    [Fact]
    public async Task Link_OfAFileThatAnEventHas_OpensIt()
    {
        AttachmentScene scene = await AttachmentScene.MakeAsync(cluster);
        AttachedFile file = await scene.WriteAsync();

        Assert.StartsWith($"https://calendars.test/attachments/{scene.Id}?key=af_", file.Url, StringComparison.Ordinal);
        Assert.True(AttachedFile.IsOurs(file.Url));
        Assert.Equal((AttachmentScene.FileName, "text/plain"), (file.FileName, file.ContentType));
        Assert.Equal(AttachmentScene.Text, await scene.ReadAsync());
        await scene.Login.UntilSyncedAsync();
        Assert.Equal(AttachmentScene.Text, await scene.ReadAsync());
        Assert.Equal(file, scene.Login.Remote.Items.Single().Value.Object.Master!.Content.Attachments.Single());
        await cluster.Silos.DeactivateAsync(scene.File);
        Assert.Equal(AttachmentScene.Text, await scene.ReadAsync());
        await scene.EndAsync();
    }

    [Fact]
    public async Task Link_OfAnotherGrantPersonOrCalendar_OpensNothing()
    {
        AttachmentScene scene = await AttachmentScene.MakeAsync(cluster);
        AttachmentScene other = await AttachmentScene.MakeAsync(cluster);
        await scene.WriteAsync();

        Assert.Null(await scene.ReadAsync(grantId: other.GrantId));
        Assert.Null(await scene.ReadAsync(personId: other.Login.PersonId));
        Assert.Null(await scene.ReadAsync(calendarId: other.Login.CalendarId));
        Assert.Null(await other.ReadAsync());
        await scene.EndAsync();
        await other.EndAsync();
    }

    [Fact]
    public async Task Rows_OfAFile_HoldNeitherItsNameNorItsBytes()
    {
        AttachmentScene scene = await AttachmentScene.MakeAsync(cluster);
        await scene.WriteAsync();

        Assert.All(scene.Rows, row =>
        {
            string text = Encoding.UTF8.GetString(row!);
            Assert.DoesNotContain("Secret plans", text, StringComparison.Ordinal);
            Assert.DoesNotContain("Nobody", text, StringComparison.Ordinal);
        });
        await scene.EndAsync();
    }

    [Fact]
    public async Task Attach_OfAnothersOrNoFile_IsUnknown()
    {
        AttachmentScene scene = await AttachmentScene.MakeAsync(cluster);

        Assert.Equal(AttachAnswer.Unknown, await scene.AttachAsync(clientId: GrainKeys.Application([1, 1, 1])));
        Assert.Equal(AttachAnswer.Unknown, await cluster.Grains.Attachment("att_none").Attach(
            new AttachToCalendar(scene.ClientId, scene.Login.PersonId, scene.GrantId, scene.Login.CalendarId), default));
        await scene.EndAsync();
    }

    [Fact]
    public async Task Attach_AgainAndAgain_GivesTheSameLinkAndWritesRarely()
    {
        AttachmentScene scene = await AttachmentScene.MakeAsync(cluster);
        AttachedFile first = await scene.WriteAsync();
        int writes = cluster.Rows.Writes.Count(w => w.Key == scene.Id);

        AttachedFile again = await scene.WriteAsync();

        Assert.Equal(first, again);
        Assert.Equal(writes, cluster.Rows.Writes.Count(w => w.Key == scene.Id));
        await scene.EndAsync();
    }

    [Fact]
    public async Task Link_OnceTheEventDoesNotHaveItOrIsGone_OpensNothing()
    {
        AttachmentScene scene = await AttachmentScene.MakeAsync(cluster);
        AttachedFile file = await scene.WriteAsync();
        await scene.UpsertAsync();
        Assert.Null(await scene.ReadAsync());

        await scene.UpsertAsync(file);
        Assert.Equal(AttachmentScene.Text, await scene.ReadAsync());
        await scene.Login.DeleteAsync(AttachmentScene.EventId, scene.ClientId);
        Assert.Null(await scene.ReadAsync());
        await scene.Login.UntilSyncedAsync();
        Assert.Null(await scene.ReadAsync());
        await scene.EndAsync();
    }

    [Fact]
    public async Task Link_OnceTheCalendarIsGone_OpensNothing()
    {
        AttachmentScene scene = await AttachmentScene.MakeAsync(cluster);
        await scene.WriteAsync();
        await scene.Login.Connection.Revoke(default);
        await cluster.UntilAsync(async () => await scene.ReadAsync() is null, "the link is dead");

        await scene.EndAsync();
    }

    [Fact]
    public async Task File_ThatNoEventEverHad_GoesAfterSevenDays()
    {
        AttachmentScene scene = await AttachmentScene.MakeAsync(cluster);
        await scene.LookAsync(6.5);
        Assert.True(scene.IsStored);

        await scene.LookAsync(0.6);

        Assert.False(scene.IsStored);
        Assert.False(await scene.IsListedAsync());
        Assert.Equal(AttachAnswer.Unknown, await scene.AttachAsync());
    }

    [Fact]
    public async Task File_ThatAnEventHas_StaysForAsLongAsItDoes()
    {
        AttachmentScene scene = await AttachmentScene.MakeAsync(cluster);
        await scene.WriteAsync();
        await scene.Login.UntilSyncedAsync();
        await scene.LookAsync(300);
        Assert.Equal(AttachmentScene.Text, await scene.ReadAsync());
        Assert.NotNull((await scene.AttachAsync()).File);

        await scene.Login.DeleteAsync(AttachmentScene.EventId, scene.ClientId);
        await scene.LookAsync(2);
        await scene.LookAsync(6.5);
        Assert.True(scene.IsStored);
        await scene.LookAsync(1);
        Assert.False(scene.IsStored);
        await scene.Login.Connection.Revoke(default);
    }

    [Fact]
    public async Task File_ThatWasJustAttached_IsNotTakenForUnused()
    {
        AttachmentScene scene = await AttachmentScene.MakeAsync(cluster);
        cluster.Time.Advance(TimeSpan.FromDays(6.5));
        AttachedFile file = (await scene.AttachAsync()).File!;
        await scene.LookAsync(0.9);
        await scene.UpsertAsync(file);

        Assert.Equal(AttachmentScene.Text, await scene.ReadAsync());
        await scene.EndAsync();
    }

    [Fact]
    public async Task File_WhoseEventCameBack_StartsAnew()
    {
        AttachmentScene scene = await AttachmentScene.MakeAsync(cluster);
        AttachedFile file = await scene.WriteAsync();
        await scene.UpsertAsync();
        await scene.LookAsync(2);
        await scene.UpsertAsync(file);
        await scene.LookAsync(6.9);
        await scene.UpsertAsync();
        await scene.LookAsync(1);
        await scene.LookAsync(6);

        Assert.True(scene.IsStored);
        await scene.EndAsync();
    }

    [Fact]
    public async Task File_OfAGrantThatIsTakenBack_GoesWithTheNextLook()
    {
        AttachmentScene scene = await AttachmentScene.MakeAsync(cluster);
        await scene.WriteAsync();
        await scene.Login.Person.RemoveGrant(scene.GrantId, default);

        await scene.LookAsync(0.1);

        Assert.False(scene.IsStored);
        await scene.Login.Connection.Revoke(default);
    }

    [Fact]
    public async Task File_OnceItsPersonsKeyIsDestroyed_OpensForNobody()
    {
        AttachmentScene scene = await AttachmentScene.MakeAsync(cluster);
        AttachedFile file = await scene.WriteAsync();
        await scene.LookAsync(8);
        await scene.UpsertAsync(file);
        await cluster.Vault.DestroyAsync(scene.Login.PersonId, default);

        Assert.Null(await scene.ReadAsync());
        Assert.Equal(AttachAnswer.Unknown, await scene.AttachAsync());
        await scene.EndAsync();
    }

    [Fact]
    public async Task Store_OnceTheApplicationHasAsManyAsItMay_IsRefused()
    {
        AttachmentScene scene = await AttachmentScene.MakeAsync(cluster, isStored: false);
        for (int i = 0; i < CalendarCluster.AttachmentsPerApplication; i++)
        {
            await cluster.Listed.PutAsync(new("attachment", $"att_{scene.ClientId}_{i}", scene.ClientId, ""), default);
        }

        Assert.False(await scene.StoreAsync());
        Assert.False(scene.IsStored);
        await cluster.Listed.RemoveAsync("attachment", $"att_{scene.ClientId}_0", default);
        Assert.True(await scene.StoreAsync());
        await scene.EndAsync();
    }
}
