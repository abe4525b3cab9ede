namespace CalendarActors.Grains.Directory;

/// <summary>One line of an operator's list.</summary>
/// <param name="Kind">What is listed, one of <see cref="DirectoryKinds"/>.</param>
/// <param name="Key">The grain key of what is listed; unique in its kind.</param>
/// <param name="Parent">What it is listed under, such as the application of a grant or a connection's state; may be empty.</param>
/// <param name="Display">A text for people, such as an application's name; never a person's address or a secret. May be empty.</param>
public sealed record DirectoryEntry(string Kind, string Key, string Parent, string Display);
