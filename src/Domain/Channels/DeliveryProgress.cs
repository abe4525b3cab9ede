namespace CalendarActors.Domain.Channels;

/// <summary>How far a delivery has come. The numbers are stored.</summary>
public enum DeliveryProgress
{
    /// <summary>It is being tried.</summary>
    Pending = 0,

    /// <summary>The application took it.</summary>
    Delivered = 1,

    /// <summary>It was given up, and the channel closed.</summary>
    Failed = 2,

    /// <summary>It lies here to be fetched: the channel does not push.</summary>
    Unpushed = 3,
}
