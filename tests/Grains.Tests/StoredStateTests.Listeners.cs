using System.Collections.Immutable;
using CalendarActors.Domain.Attachments;
using CalendarActors.Domain.Channels;
using CalendarActors.Domain.Events;
using CalendarActors.Domain.Secrets;
using CalendarActors.Domain.Sync;
using CalendarActors.Domain.Time;
using CalendarActors.Domain.Triggers;
using CalendarActors.Grains.Attachments;
using CalendarActors.Grains.Channels;
using CalendarActors.Grains.Grants;
using CalendarActors.Grains.Interfaces.Channels;
using CalendarActors.Grains.Sync;
using CalendarActors.Grains.Tests.Cluster;
using CalendarActors.Grains.Triggers;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Orleans.Serialization;

namespace CalendarActors.Grains.Tests;

/// <summary>Rows of channels, triggers and attachments.</summary>
public sealed partial class StoredStateTests
{
    [Fact]
    public void RowsOfAChannel_WhenWrittenByV6_AreRead()
    {
        Delivery delivery = new(
            7, NotificationKind.Change, At, 9, DeliveryProgress.Pending, At, 2, At, At, At, CallbackOutcome.Refused, 503);
        AssertReads("channel", new ChannelState
        {
            ClientId = "app_1",
            GrantId = "acc_1",
            PersonId = "per_1",
            Callback = new SealedSecret([1, 2]),
            Filter = new ChannelFilter(["cal_1"], true),
            Settings = new ChannelSettings(false, true),
            Position = 9,
            LastSequence = 7,
            Log = [delivery with { Progress = DeliveryProgress.Delivered, Outcome = CallbackOutcome.Accepted }],
            Closed = CloseReason.GivenUp,
            ClosedAt = At,
            Settled = 3,
        });
        AssertReads("channel.outbox", new ChannelOutboxState
        {
            Revision = 4,
            Pending = delivery,
            Waiting = [new Notice(NotificationKind.Disconnected, null, 11)],
            WaitingSince = At,
            Position = 11,
            LastSequence = 7,
            Leave = "per_1",
            Closing = CloseReason.Gone,
            ClosingAt = At,
        });
        AssertReads("grant", new GrantState { ClientId = "app_1", Channels = [new GrantedChannelState("chn_1", [1, 2, 3])] }, "v6");
    }

    [Fact]
    public void RowsOfAnAttachment_WhenWrittenByV1_AreRead()
    {
        AssertReads("attachment", new AttachmentState
        {
            ClientId = "app_1",
            Name = new SealedSecret([1, 2]),
            ContentType = "text/plain",
            Uploaded = At,
            ApplicationKey = new SealedSecret([3]),
            Uses = [new StoredUse("cal_1", "acc_1", "per_1", new SealedSecret([4]), At)],
        });
        AssertReads("attachment.content", new AttachmentContentState { Content = new SealedSecret([5, 6]) });
        AttachedFile file = new("https://us.example/attachments/att_1?key=af_1", "a.pdf", "application/pdf");
        CalendarObject carrying = (TestLogin.Change("Lunch") with { Attachments = Change<ImmutableArray<AttachedFile>>.To([file]) }).ApplyTo(null, "u1");
        Schedule schedule = Schedule.Empty with { Items = Schedule.Empty.Items.Add("u1", new KnownItem("u1", null, carrying, At, At)) };
        Serializer serializer = _services.GetRequiredService<Serializer>();
        Schedule read = serializer.Deserialize<PackedSchedule>(Sample(
            "calendar.schedule.content", serializer.SerializeToArray(PackedSchedule.Of(schedule)), "v7"))!.Into(Schedule.Empty);
        Assert.Equal(schedule.Items, read.Items);
    }

    [Fact]
    public void RowsOfTriggers_WhenWrittenByV4_AreRead()
    {
        CalendarTime start = CalendarTime.InZone(new LocalDateTime(2026, 2, 2, 9, 0), "Europe/Berlin");
        HappeningTimes happening = new("evt_external_1", start, CalendarTime.OnDate(new LocalDate(2026, 2, 3)), At, At + Duration.FromHours(1));
        AssertReads("trigger", new TriggerState
        {
            PersonId = "per_1",
            Events =
            [
                new TriggeredEvent(
                    "app_1",
                    "e1",
                    "acc_1",
                    [
                        new StoredSubscription(
                            new SealedSecret([1, 2]),
                            [
                                new StoredTransition(
                                    new Transition(true, EventEdge.Start, 15), new TransitionProgress(At, new Armed(At, happening), false)),
                                new StoredTransition(new Transition(false, EventEdge.End, 0), TransitionProgress.From(At)),
                            ]),
                    ]),
            ],
        });
        AssertReads("trigger-call", new TriggerCallState
        {
            PersonId = "per_1",
            GrantId = "acc_1",
            ClientId = "app_1",
            Address = new SealedSecret([3]),
            Body = new SealedSecret([4]),
            Created = At,
            Attempts = 2,
            FirstAttempt = At,
            NotBefore = At,
        });
    }
}
