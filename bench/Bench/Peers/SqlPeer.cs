using System.Text.Json.Serialization;
using Npgsql;

namespace CalendarActors.Bench.Peers;

/// <summary>What an engineer writes instead: one endpoint, one statement, one table, no authentication.</summary>
internal static class SqlPeer
{
    public const string Schema =
        """
        create table event (
          calendar_id text not null, event_uid text not null, summary text not null, description text not null,
          location text not null, start_at timestamptz not null, end_at timestamptz not null, all_day boolean not null,
          created timestamptz not null, updated timestamptz not null, primary key (calendar_id, event_uid));
        create index event_by_time on event (calendar_id, start_at);
        """;

    public static Task RunAsync(string address, string connectionString)
    {
        NpgsqlDataSource database = NpgsqlDataSource.Create(connectionString + ";Maximum Pool Size=20;Max Auto Prepare=10");
        WebApplication app = PeerProgram.Server(address);
        app.MapGet("/w1", (string calendar, DateTime from, DateTime to, CancellationToken cancellationToken) =>
            BusyAsync(database, calendar, from.ToUniversalTime(), to.ToUniversalTime(), cancellationToken));
        app.MapGet("/w4", (string calendar, DateTime from, DateTime to, CancellationToken cancellationToken) =>
            EventsAsync(database, calendar, from.ToUniversalTime(), to.ToUniversalTime(), cancellationToken));
        return app.RunAsync();
    }

    private static async Task<IResult> BusyAsync(
        NpgsqlDataSource database, string calendar, DateTime from, DateTime to, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = Select(
            database,
            "select calendar_id, start_at, end_at from event where calendar_id = $1 and start_at < $3 and end_at >= $2 order by start_at",
            calendar, from, to);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        List<Busy> busy = [];
        while (await reader.ReadAsync(cancellationToken))
        {
            busy.Add(new Busy(reader.GetString(0), reader.GetDateTime(1), reader.GetDateTime(2), "busy"));
        }

        return Results.Json(new { free_busy = busy });
    }

    private static async Task<IResult> EventsAsync(
        NpgsqlDataSource database, string calendar, DateTime from, DateTime to, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = Select(
            database,
            """
            select calendar_id, event_uid, summary, description, location, start_at, end_at, created, updated
            from event where calendar_id = $1 and start_at < $3 and end_at >= $2 order by start_at, event_uid limit 100
            """,
            calendar, from, to);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        List<Listed> events = [];
        while (await reader.ReadAsync(cancellationToken))
        {
            events.Add(new Listed(
                reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetString(3),
                new Place(reader.GetString(4)), reader.GetDateTime(5), reader.GetDateTime(6),
                reader.GetDateTime(7), reader.GetDateTime(8)));
        }

        return Results.Json(new { events });
    }

    private static NpgsqlCommand Select(NpgsqlDataSource database, string sql, string calendar, DateTime from, DateTime to)
    {
        NpgsqlCommand command = database.CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = calendar });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = from });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = to });
        return command;
    }

    private sealed record Busy(
        [property: JsonPropertyName("calendar_id")] string CalendarId,
        [property: JsonPropertyName("start")] DateTime Start,
        [property: JsonPropertyName("end")] DateTime End,
        [property: JsonPropertyName("free_busy_status")] string Status);

    private sealed record Place([property: JsonPropertyName("description")] string Description);

    // As many members as our own answer has, so that both write the same amount of JSON.
    private sealed record Listed(
        [property: JsonPropertyName("calendar_id")] string CalendarId,
        [property: JsonPropertyName("event_uid")] string EventUid,
        [property: JsonPropertyName("summary")] string Summary,
        [property: JsonPropertyName("description")] string Description,
        [property: JsonPropertyName("location")] Place Location,
        [property: JsonPropertyName("start")] DateTime Start,
        [property: JsonPropertyName("end")] DateTime End,
        [property: JsonPropertyName("created")] DateTime Created,
        [property: JsonPropertyName("updated")] DateTime Updated)
    {
        [JsonPropertyName("deleted")]
        public bool Deleted { get; init; }

        [JsonPropertyName("participation_status")]
        public string ParticipationStatus { get; init; } = "accepted";

        [JsonPropertyName("attendees")]
        public string[] Attendees { get; init; } = [];

        [JsonPropertyName("transparency")]
        public string Transparency { get; init; } = "opaque";

        [JsonPropertyName("status")]
        public string Status { get; init; } = "confirmed";

        [JsonPropertyName("categories")]
        public string[] Categories { get; init; } = [];

        [JsonPropertyName("recurring")]
        public bool Recurring { get; init; }
    }
}
