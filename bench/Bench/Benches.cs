namespace CalendarActors.Bench;

/// <summary>Every bench by its name.</summary>
internal static class Benches
{
    public static IReadOnlyDictionary<string, Func<BenchOptions, Task>> All { get; } =
        new Dictionary<string, Func<BenchOptions, Task>>
        {
            ["start"] = StartBench.RunAsync,
            ["w1"] = FreeBusyBench.RunAsync,
            ["outside"] = OutsideBench.RunAsync,
            ["w2"] = MeetingBench.RunAsync,
            ["search"] = SearchBench.RunAsync,
            ["w4"] = EventPageBench.RunAsync,
            ["p3"] = PullBench.RunAsync,
            ["p7"] = TokenBench.RunAsync,
            ["p8"] = TokenCheckBench.RunAsync,
            ["p9"] = MemoryBench.RunAsync,
            ["p10"] = RecurrenceBench.RunAsync,
            ["push"] = PushBench.RunAsync,
            ["hook"] = HookBench.RunAsync,
            ["deliver"] = DeliverBench.RunAsync,
            ["burst"] = BurstBench.RunAsync,
            ["overload"] = OverloadBench.RunAsync,
            ["silos"] = SilosBench.RunAsync,
            ["soak"] = SoakBench.RunAsync,
            ["polled"] = PolledBench.RunAsync,
            ["cadence"] = CadenceBench.RunAsync,
            ["channels"] = ChannelBench.RunAsync,
        };
}
