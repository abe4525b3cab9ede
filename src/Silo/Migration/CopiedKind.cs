namespace CalendarActors.Silo.Migration;

/// <summary>What a SQLite value is in PostgreSQL.</summary>
internal enum CopiedKind
{
    /// <summary>As it is.</summary>
    Text,

    /// <summary>32 bits.</summary>
    Int,

    /// <summary>64 bits.</summary>
    Long,

    /// <summary>As they are.</summary>
    Bytes,

    /// <summary>Milliseconds since 1970 become a timestamp.</summary>
    Milliseconds,

    /// <summary>A text in UTC becomes a timestamp.</summary>
    Time,
}
