namespace CalendarActors.Simulators.Graph.Events;

/// <summary>Graph's <c>type</c> of an event.</summary>
internal enum InstanceKind
{
    SingleInstance,
    Occurrence,
    Exception,
    SeriesMaster,
}
