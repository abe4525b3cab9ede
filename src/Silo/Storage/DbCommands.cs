using System.Data.Common;

namespace CalendarActors.Silo.Storage;

/// <summary>One statement in one call, for the few statements that are not Orleans'.</summary>
internal static class DbCommands
{
    /// <summary>Runs statements; answers the rows that they changed.</summary>
    public static async Task<int> ExecuteAsync(
        this DbConnection connection,
        string text,
        CancellationToken cancellationToken,
        params (string Name, object? Value)[] parameters)
    {
        await using DbCommand command = Command(connection, text, parameters);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>The first column of the first row; null when there is none.</summary>
    public static async Task<object?> ScalarAsync(
        this DbConnection connection,
        string text,
        CancellationToken cancellationToken,
        params (string Name, object? Value)[] parameters)
    {
        await using DbCommand command = Command(connection, text, parameters);
        return await command.ExecuteScalarAsync(cancellationToken);
    }

    /// <summary>All rows, each shaped.</summary>
    public static async Task<List<T>> RowsAsync<T>(
        this DbConnection connection,
        string text,
        Func<DbDataReader, T> shape,
        CancellationToken cancellationToken,
        params (string Name, object? Value)[] parameters)
    {
        await using DbCommand command = Command(connection, text, parameters);
        await using DbDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(shape(reader));
        }

        return rows;
    }

    private static DbCommand Command(DbConnection connection, string text, (string Name, object? Value)[] parameters)
    {
        DbCommand command = connection.CreateCommand();
        command.CommandText = text;
        foreach ((string name, object? value) in parameters)
        {
            DbParameter parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = value ?? DBNull.Value;
            command.Parameters.Add(parameter);
        }

        return command;
    }
}
