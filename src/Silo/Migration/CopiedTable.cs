namespace CalendarActors.Silo.Migration;

/// <summary>A table of a SQLite database as PostgreSQL takes it.</summary>
/// <param name="From">Its name.</param>
/// <param name="To">Its name there.</param>
/// <param name="Columns">Each with the kind of its values.</param>
internal sealed record CopiedTable(string From, string To, params (string Name, CopiedKind Kind)[] Columns)
{
    /// <summary>Of the state database.</summary>
    public static readonly CopiedTable[] OfState =
    [
        new(
            "grain_state",
            "grain_state",
            ("service_id", CopiedKind.Text),
            ("state_name", CopiedKind.Text),
            ("grain_key", CopiedKind.Text),
            ("key_0", CopiedKind.Long),
            ("key_1", CopiedKind.Long),
            ("version", CopiedKind.Int),
            ("written_at", CopiedKind.Milliseconds),
            ("owed_at", CopiedKind.Milliseconds),
            ("payload", CopiedKind.Bytes)),
        new(
            "reminder",
            "reminder",
            ("service_id", CopiedKind.Text),
            ("grain_id", CopiedKind.Text),
            ("name", CopiedKind.Text),
            ("start_time", CopiedKind.Time),
            ("period", CopiedKind.Long),
            ("grain_hash", CopiedKind.Int),
            ("version", CopiedKind.Int)),
        new(
            "directory_entry",
            "directory_entry",
            ("kind", CopiedKind.Text),
            ("parent", CopiedKind.Text),
            ("key", CopiedKind.Text),
            ("display", CopiedKind.Text)),
    ];

    /// <summary>Of the key database.</summary>
    public static readonly CopiedTable[] OfKeys =
    [
        new(
            "data_key",
            "calendar_keys.data_key",
            ("key_id", CopiedKind.Bytes),
            ("owner", CopiedKind.Text),
            ("master_key", CopiedKind.Text),
            ("wrapped", CopiedKind.Bytes)),
        new("canary", "calendar_keys.canary", ("kind", CopiedKind.Text), ("name", CopiedKind.Text), ("wrapped", CopiedKind.Bytes)),
    ];

    /// <summary>The columns' names.</summary>
    public string Names => string.Join(", ", Columns.Select(c => c.Name));
}
