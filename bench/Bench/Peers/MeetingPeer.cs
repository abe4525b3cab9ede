using System.Text.Json.Serialization;
using Npgsql;

namespace CalendarActors.Bench.Peers;

/// <summary>
/// When can these people meet, as an engineer writes it instead: multiranges in one prepared statement of PostgreSQL, no
/// authentication, no rules but working hours.
/// </summary>
internal static class MeetingPeer
{
    private const string Schema =
        """
        create table person (id int primary key, sub text not null, zone text not null);
        create table busy (person int not null, during tstzrange not null);
        create index busy_by_person on busy (person);
        """;

    // Hours of each one's days, less what is busy, common to all; then every start at which the meeting fits.
    private const string Starts =
        """
        with open as (
          select p.id, range_agg(tstzrange((d::date + time '09:00') at time zone p.zone, (d::date + time '17:00') at time zone p.zone)) as hours
          from person p, generate_series($2::date - 1, $3::date + 1, interval '1 day') d
          where p.id < $1 and extract(isodow from d) < 6
          group by p.id),
        taken as (
          select person, range_agg(during) as during from busy
          where person < $1 and during && tstzrange($2, $3) group by person),
        common as (
          select range_intersect_agg(o.hours - coalesce(t.during, '{}'::tstzmultirange)) as free
          from open o left join taken t on t.person = o.id)
        select s from common, generate_series($2, $3 - interval '30 minutes', interval '15 minutes') s
        where tstzrange(s, s + interval '30 minutes') <@ free order by s limit 512
        """;

    public static Task RunAsync(string address, string connectionString)
    {
        NpgsqlDataSource database = NpgsqlDataSource.Create(connectionString + ";Maximum Pool Size=20;Max Auto Prepare=10");
        WebApplication app = PeerProgram.Server(address);
        app.MapGet("/w2", (int people, DateTime from, DateTime to, CancellationToken cancellationToken) =>
            MeetAsync(database, people, from.ToUniversalTime(), to.ToUniversalTime(), cancellationToken));
        return app.RunAsync();
    }

    /// <summary>Fills its tables.</summary>
    public static async Task FillAsync(string connectionString, IReadOnlyList<(string Sub, string Zone, IReadOnlyList<SeededEvent> Events)> people)
    {
        await using NpgsqlDataSource database = NpgsqlDataSource.Create(connectionString);
        await using NpgsqlConnection connection = await database.OpenConnectionAsync();
        await using (NpgsqlCommand create = new(Schema, connection))
        {
            await create.ExecuteNonQueryAsync();
        }

        for (int id = 0; id < people.Count; id++)
        {
            await using NpgsqlCommand person = new("insert into person values ($1, $2, $3)", connection)
            {
                Parameters = { new() { Value = id }, new() { Value = people[id].Sub }, new() { Value = people[id].Zone } },
            };
            await person.ExecuteNonQueryAsync();
            foreach (SeededEvent item in people[id].Events)
            {
                await using NpgsqlCommand busy = new("insert into busy values ($1, tstzrange($2, $3))", connection)
                {
                    Parameters =
                    {
                        new() { Value = id },
                        new() { Value = DateTime.SpecifyKind(item.Start, DateTimeKind.Utc) },
                        new() { Value = DateTime.SpecifyKind(item.End, DateTimeKind.Utc) },
                    },
                };
                await busy.ExecuteNonQueryAsync();
            }
        }

        await using NpgsqlCommand analyze = new("analyze", connection);
        await analyze.ExecuteNonQueryAsync();
    }

    private static async Task<IResult> MeetAsync(
        NpgsqlDataSource database, int people, DateTime from, DateTime to, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand who = database.CreateCommand("select sub from person where id < $1 order by id");
        who.Parameters.Add(new NpgsqlParameter<int> { TypedValue = people });
        List<Participant> participants = [];
        await using (NpgsqlDataReader reader = await who.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                participants.Add(new Participant(reader.GetString(0)));
            }
        }

        await using NpgsqlCommand when = database.CreateCommand(Starts);
        when.Parameters.Add(new NpgsqlParameter<int> { TypedValue = people });
        when.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = from });
        when.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = to });
        List<Slot> slots = [];
        await using NpgsqlDataReader starts = await when.ExecuteReaderAsync(cancellationToken);
        while (await starts.ReadAsync(cancellationToken))
        {
            DateTime start = starts.GetDateTime(0);
            slots.Add(new Slot(start, start.AddMinutes(30), participants));
        }

        return Results.Json(new { available_slots = slots });
    }

    private sealed record Participant([property: JsonPropertyName("sub")] string Sub);

    private sealed record Slot(
        [property: JsonPropertyName("start")] DateTime Start,
        [property: JsonPropertyName("end")] DateTime End,
        [property: JsonPropertyName("participants")] IReadOnlyList<Participant> Participants);
}
