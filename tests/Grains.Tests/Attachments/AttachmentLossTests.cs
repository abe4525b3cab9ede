using CalendarActors.Grains.Tests.Cluster;

namespace CalendarActors.Grains.Tests.Attachments;

/// <summary>Processes end at any durable step: no file is lost that was answered for, and none is left behind.</summary>
[Collection(FileCluster.Name)]
public sealed class AttachmentLossTests(CalendarCluster cluster)
{
    [Theory]
    [InlineData(1, false)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public async Task Store_WhenTheProcessEndsBeforeItIsDone_LeavesNothingAfterADay(int step, bool isAfter)
    {
        AttachmentScene scene = await AttachmentScene.MakeAsync(cluster, isStored: false);
        await FailAsync(scene, step, isAfter, () => scene.StoreAsync());
        Assert.True(await scene.IsListedAsync());

        // By its own reminder, which was there first.
        await cluster.Silos.DeactivateAsync(scene.File);
        await cluster.UntilAsync(
            async () => !await scene.IsListedAsync() && !scene.IsStored, "it is cleared", TimeSpan.FromDays(5), TimeSpan.FromMinutes(15));
        await scene.Login.Connection.Revoke(default);
    }

    [Fact]
    public async Task Store_WhenOnlyTheAnswerIsLost_IsThereAndGoesLikeAnyOther()
    {
        AttachmentScene scene = await AttachmentScene.MakeAsync(cluster, isStored: false);
        await FailAsync(scene, 2, isAfter: true, () => scene.StoreAsync());
        await cluster.Silos.DeactivateAsync(scene.File);

        await scene.WriteAsync();
        Assert.Equal(AttachmentScene.Text, await scene.ReadAsync());
        await scene.EndAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Attach_WhenTheProcessEnds_IsDoneByRepeatingIt(bool isAfter)
    {
        AttachmentScene scene = await AttachmentScene.MakeAsync(cluster);
        await FailAsync(scene, 1, isAfter, () => scene.AttachAsync());
        await cluster.Silos.DeactivateAsync(scene.File);

        await scene.WriteAsync();

        Assert.Equal(AttachmentScene.Text, await scene.ReadAsync());
        await scene.EndAsync();
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    [InlineData(2, true)]
    public async Task Delete_WhenTheProcessEnds_IsFinishedByTheNextLook(int step, bool isAfter)
    {
        AttachmentScene scene = await AttachmentScene.MakeAsync(cluster);
        await FailAsync(scene, step, isAfter, () => scene.LookAsync(8));

        await scene.LookAsync(1);

        Assert.False(scene.IsStored);
        Assert.False(await scene.IsListedAsync());
        await scene.Login.Connection.Revoke(default);
    }

    /// <summary>Runs something, with the file's nth write failing and nothing durable after it.</summary>
    private async Task FailAsync(AttachmentScene scene, int step, bool isAfter, Func<Task> run)
    {
        int seen = 0;
        bool isDead = false;
        cluster.Rows.FailBefore = w => w.Key == scene.Id && (isDead || (isDead = ++seen == step && !isAfter));
        cluster.Rows.FailAfter = w => w.Key == scene.Id && !isDead && (isDead = isAfter && seen == step);
        try
        {
            await Assert.ThrowsAnyAsync<Exception>(run);
        }
        finally
        {
            cluster.Rows.FailBefore = null;
            cluster.Rows.FailAfter = null;
        }

        Assert.True(isDead);
    }
}
