namespace CalendarActors.Gateway.Api;

/// <summary>How a query parameter is described.</summary>
/// <param name="Name">As written in the query.</param>
/// <param name="Type"><c>string</c>, <c>date</c>, <c>date-time</c>, <c>boolean</c> or <c>array</c> of strings.</param>
/// <param name="Text">What it means, with its default.</param>
/// <param name="IsRequired">True when a call without it is refused.</param>
internal sealed record ApiParameter(string Name, string Type, string Text, bool IsRequired = false);
