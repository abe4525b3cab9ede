using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CalendarActors.Bench;

/// <summary>
/// One application asks as fast as it can and a thousand connections never finish their request, while another application
/// goes on as always. Each may ask 50 times a second, as by default. Goal R12.
/// </summary>
internal static class OverloadBench
{
    private const int ReadsPerSecond = 20;
    private const int Flooding = 128;
    private const int Slow = 1_000;
    private static readonly TimeSpan Quietly = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Recovery = TimeSpan.FromSeconds(5);

    public static async Task RunAsync(BenchOptions options)
    {
        TimeSpan lasts = TimeSpan.FromSeconds(Math.Max(30, options.Seconds));
        Report.Title($"overload: {Flooding} connections without a pause and {Slow:N0} that never finish, for {lasts.TotalSeconds:N0} s, beside {ReadsPerSecond} reads a second");
        await using PushScene scene = await PushScene.SetAsync(options, await PushingGoogle.StartAsync(), new Dictionary<string, string>
        {
            ["CalendarActors__RateLimit__PerSecond"] = "50",
            ["CalendarActors__RateLimit__PerMinute"] = "500000",
        });
        (_, IReadOnlyList<string> tokens) = await scene.ConnectOneToManyAsync(number: 1, applications: 2);
        using HttpClient http = new(new SocketsHttpHandler { MaxConnectionsPerServer = 64 }) { BaseAddress = scene.Address };

        await ReadAsync(http, tokens[0], TimeSpan.FromSeconds(3));
        List<Answer> quiet = await ReadAsync(http, tokens[0], Quietly);
        long resident = scene.Process.ResidentBytes;

        using CancellationTokenSource end = new();
        Task<Dictionary<HttpStatusCode, int>> flood = FloodAsync(scene.Address, tokens[1], end.Token);
        Task<int> slow = SlowAsync(scene.Address, end.Token);
        List<Answer> beside = await ReadAsync(http, tokens[0], lasts);
        long most = scene.Process.ResidentBytes;
        await end.CancelAsync();
        Dictionary<HttpStatusCode, int> statuses = await flood;
        int ended = await slow;
        List<Answer> after = await ReadAsync(http, tokens[0], Recovery);

        Report.Line($"  the flood: {string.Join(", ", statuses.OrderBy(s => s.Key).Select(s => $"{s.Value:N0} × {(int)s.Key}"))}; of the connections that never finish {ended:N0} were ended");
        Report.Line($"  reads: quiet p50 {Median(quiet):N1} ms, p99 {Late(quiet):N1} ms; beside p50 {Median(beside):N1} ms, p99 {Late(beside):N1} ms; after p99 {Late(after):N1} ms");
        Report.AtLeast("R12 of the other's reads answered well within a second", Good(beside), 0.8);
        Report.AtLeast("R12 the same in the five seconds after it", Good(after), 0.99);
        Report.AtMost("R12 resident beside it, in quiet ones", (double)most / resident, 1.5, "");
    }

    private static double Good(List<Answer> answers) => (double)answers.Count(a => a.Status == HttpStatusCode.OK && a.Milliseconds < 1_000) / answers.Count;

    private static double Median(List<Answer> answers) => Alternating.Median(answers.Select(a => a.Milliseconds));

    private static double Late(List<Answer> answers) => answers.Select(a => a.Milliseconds).Order().ElementAt((int)(answers.Count * 0.99));

    private static async Task<List<Answer>> ReadAsync(HttpClient http, string token, TimeSpan lasts)
    {
        List<Task<Answer>> running = [];
        long began = Stopwatch.GetTimestamp();
        for (int n = 0; Stopwatch.GetElapsedTime(began) < lasts; n++)
        {
            TimeSpan wait = TimeSpan.FromSeconds((double)n / ReadsPerSecond) - Stopwatch.GetElapsedTime(began);
            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait);
            }

            running.Add(ReadAsync(http, token, CancellationToken.None));
        }

        return [.. await Task.WhenAll(running)];
    }

    private static async Task<Answer> ReadAsync(HttpClient http, string token, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, "/v1/events?tzid=Etc/UTC");
        request.Headers.Authorization = new("Bearer", token);
        long began = Stopwatch.GetTimestamp();
        using HttpResponseMessage response = await http.SendAsync(request, cancellationToken);
        return new Answer(response.StatusCode, Stopwatch.GetElapsedTime(began).TotalMilliseconds);
    }

    private static async Task<Dictionary<HttpStatusCode, int>> FloodAsync(Uri address, string token, CancellationToken end)
    {
        using HttpClient http = new(new SocketsHttpHandler { MaxConnectionsPerServer = Flooding }) { BaseAddress = address };
        Dictionary<HttpStatusCode, int> statuses = [];
        await Task.WhenAll(Enumerable.Range(0, Flooding).Select(async _ =>
        {
            await Task.Yield();
            while (!end.IsCancellationRequested)
            {
                Answer answer = await ReadAsync(http, token, CancellationToken.None);
                lock (statuses)
                {
                    statuses[answer.Status] = statuses.GetValueOrDefault(answer.Status) + 1;
                }
            }
        }));
        return statuses;
    }

    /// <summary>Each sends a byte of its header now and then.</summary>
    /// <returns>How many of them the server ended.</returns>
    private static async Task<int> SlowAsync(Uri address, CancellationToken end)
    {
        List<TcpClient> clients = [];
        try
        {
            byte[] start = Encoding.ASCII.GetBytes("GET /v1/events HTTP/1.1\r\nHost: slow\r\nX-Slow: ");
            for (int n = 0; n < Slow; n++)
            {
                TcpClient client = new();
                await client.ConnectAsync(address.Host, address.Port, CancellationToken.None);
                await client.GetStream().WriteAsync(start, CancellationToken.None);
                clients.Add(client);
            }

            int ended = 0;
            using PeriodicTimer timer = new(TimeSpan.FromSeconds(2));
            while (!end.IsCancellationRequested && await timer.WaitForNextTickAsync(CancellationToken.None))
            {
                foreach (TcpClient client in clients.ToArray())
                {
                    try
                    {
                        await client.GetStream().WriteAsync("x"u8.ToArray(), CancellationToken.None);
                    }
                    catch (IOException)
                    {
                        ended++;
                        clients.Remove(client);
                        client.Dispose();
                    }
                }
            }

            return ended;
        }
        finally
        {
            clients.ForEach(c => c.Dispose());
        }
    }

    private sealed record Answer(HttpStatusCode Status, double Milliseconds);
}
