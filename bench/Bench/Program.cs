using CalendarActors.Bench;
using CalendarActors.Bench.Peers;

if (args is ["peer", var kind, ..])
{
    await PeerProgram.RunAsync(kind, args[2..]);
    return 0;
}

BenchOptions options = BenchOptions.Parse(args);
IReadOnlyDictionary<string, Func<BenchOptions, Task>> benches = Benches.All;
if (options.Names.Count == 0 || options.Names.Any(name => !benches.ContainsKey(name)))
{
    Console.WriteLine($"usage: bench/run [{string.Join('|', benches.Keys)}]… [--storage sqlite|postgresql] [--legs 5] [--seconds 5]");
    return 2;
}

foreach (string name in options.Names)
{
    await benches[name](options);
}

return 0;
