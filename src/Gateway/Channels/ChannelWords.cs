using CalendarActors.Domain.Channels;

namespace CalendarActors.Gateway.Channels;

/// <summary>The words of deliveries and channels, which applications and operators may compare.</summary>
internal static class ChannelWords
{
    public static string Of(DeliveryProgress progress) => progress switch
    {
        DeliveryProgress.Pending => "pending",
        DeliveryProgress.Delivered => "delivered",
        DeliveryProgress.Failed => "failed",
        DeliveryProgress.Unpushed => "unpushed",
        _ => throw new ArgumentOutOfRangeException(nameof(progress)),
    };

    public static string Of(CallbackOutcome outcome) => outcome switch
    {
        CallbackOutcome.Accepted => "accepted",
        CallbackOutcome.Gone => "gone",
        CallbackOutcome.Refused => "refused",
        CallbackOutcome.TimedOut => "timed_out",
        CallbackOutcome.Unreachable => "unreachable",
        CallbackOutcome.TlsFailed => "tls_failed",
        CallbackOutcome.NotAllowed => "address_not_allowed",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
    };

    public static string Of(CloseReason reason) => reason switch
    {
        CloseReason.Gone => "gone",
        CloseReason.GivenUp => "given_up",
        _ => throw new ArgumentOutOfRangeException(nameof(reason)),
    };
}
