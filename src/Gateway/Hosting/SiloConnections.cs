namespace CalendarActors.Gateway.Hosting;

/// <summary>How many silos this gateway is connected to, as the cluster client last said.</summary>
internal sealed class SiloConnections
{
    private volatile int _count;

    /// <summary>0 until the first one is reached, and when all are lost.</summary>
    public int Count
    {
        get => _count;
        set => _count = value;
    }
}
