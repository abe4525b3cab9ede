using System.Diagnostics;
using CalendarActors.Bench.Peers;
using CalendarActors.TestKit.PostgreSql;
using Npgsql;

namespace CalendarActors.Bench;

/// <summary>W6: refreshes at the token endpoint, each surviving a crash, against one-row commits and npm oidc-provider. Goal P7.</summary>
internal static class TokenBench
{
    private const int Grants = 64;

    public static async Task RunAsync(BenchOptions options)
    {
        Report.Title("p7: refresh_token grant, form body");
        await using Product product = await Product.StartAsync(options.PostgreSql);
        using ApiClient api = new(product.Process.Address);
        RegisteredApplication application = await api.RegisterAsync("https://bench.example/callback");
        List<Account> accounts = [];
        for (int n = 0; n < Grants; n++)
        {
            accounts.Add(await api.OpenCalendarAsync(application, $"token-{n}"));
        }

        await using PostgreSqlCluster database = await PostgreSqlCluster.StartAsync();
        await using NpgsqlDataSource commits = NpgsqlDataSource.Create(await database.CreateDatabaseAsync());
        await using (NpgsqlCommand create = commits.CreateCommand("create table token (hash bytea not null, expires timestamptz not null)"))
        {
            await create.ExecuteNonQueryAsync();
        }

        string script = WriteScript(application, accounts);
        Uri ours = new(product.Process.Address, "/oauth/token");
        await Wrk.RunAsync(ours, options.Connections, options.WarmUp, script: script);
        List<Side> sides =
        [
            new("ours POST /oauth/token, tokens/s", async () =>
                (await Wrk.RunAsync(ours, options.Connections, options.Seconds, script: script)).RequestsPerSecond),
            new("PostgreSQL one-row commits, 4 clients, rows/s", () => CommitsAsync(commits, options.Seconds)),
        ];
        await using OidcPeer? peer = await OidcPeer.TryStartAsync();
        if (peer is not null)
        {
            await Wrk.RunAsync(peer.TokenEndpoint, options.Connections, options.WarmUp, script: peer.Script);
            sides.Add(new Side("npm oidc-provider in memory, tokens/s", async () =>
                (await Wrk.RunAsync(peer.TokenEndpoint, options.Connections, options.Seconds, script: peer.Script)).RequestsPerSecond));
        }

        double[] medians = await Alternating.MediansAsync(options.Legs, [.. sides]);
        Report.AtLeast("P7 ours / PostgreSQL one-row commits", medians[0] / medians[1], 0.5);
        if (peer is not null)
        {
            Report.AtLeast("P7 ours / oidc-provider in memory", medians[0] / medians[2], 2);
        }
    }

    // Each request takes the next grant, as many people's tokens expire at their own time.
    private static string WriteScript(RegisteredApplication application, List<Account> accounts)
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory("calendaractors-bench").FullName, "refresh.lua");
        string tokens = string.Join(',', accounts.Select(account => $"'{Uri.EscapeDataString(account.RefreshToken)}'"));
        File.WriteAllText(
            path,
            $$"""
            local tokens = { {{tokens}} }
            local n = 0
            wrk.method = "POST"
            wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
            request = function()
              n = n % #tokens + 1
              return wrk.format(nil, nil, nil, "grant_type=refresh_token&client_id={{application.ClientId}}&client_secret={{Uri.EscapeDataString(application.ClientSecret)}}&refresh_token=" .. tokens[n])
            end
            """);
        return path;
    }

    private static async Task<double> CommitsAsync(NpgsqlDataSource database, int seconds)
    {
        Stopwatch watch = Stopwatch.StartNew();
        int[] rows = await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            await using NpgsqlConnection connection = await database.OpenConnectionAsync();
            await using NpgsqlCommand insert = new("insert into token values ($1, now() + interval '1 hour')", connection);
            insert.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = new byte[32] });
            await insert.PrepareAsync();
            int written = 0;
            while (watch.Elapsed < TimeSpan.FromSeconds(seconds))
            {
                await insert.ExecuteNonQueryAsync();
                written++;
            }

            return written;
        }));
        return rows.Sum() / watch.Elapsed.TotalSeconds;
    }
}
