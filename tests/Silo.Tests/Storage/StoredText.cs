namespace CalendarActors.Silo.Tests.Storage;

[GenerateSerializer, Alias("silo-tests.stored-text")]
public sealed class StoredText
{
    [Id(0)]
    public string Text { get; set; } = "";
}
