namespace CalendarActors.Gateway.Pages;

/// <summary>Names the one resource file of the pages, <c>Texts.resx</c>; a translation is <c>Texts.de.resx</c> beside it.</summary>
internal sealed class Texts;
