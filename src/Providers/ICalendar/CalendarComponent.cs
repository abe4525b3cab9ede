namespace CalendarActors.Providers.ICalendar;

/// <summary>A component (RFC 5545 section 3.6) with its lines and the components in it; edited in place.</summary>
internal sealed class CalendarComponent(string name)
{
    /// <summary>In upper case: <c>VCALENDAR</c>, <c>VEVENT</c>, <c>VALARM</c> …</summary>
    public string Name { get; } = name;

    /// <summary>Its own lines, in order.</summary>
    public List<ContentLine> Lines { get; } = [];

    /// <summary>The components in it, in order.</summary>
    public List<CalendarComponent> Components { get; } = [];

    /// <summary>The first line of this name; null when there is none.</summary>
    public ContentLine? Line(string name) => Lines.Find(line => line.Name == name);

    /// <summary>Every line of this name, in order.</summary>
    public IEnumerable<ContentLine> LinesNamed(string name) => Lines.Where(line => line.Name == name);

    /// <summary>Every component of this name, in order.</summary>
    public IEnumerable<CalendarComponent> ComponentsNamed(string name) => Components.Where(c => c.Name == name);

    /// <summary>Puts a line where the first of its name stands, or at the end; further ones of that name are removed.</summary>
    public void SetLine(ContentLine line)
    {
        int at = Lines.FindIndex(l => l.Name == line.Name);
        RemoveLines(line.Name);
        Lines.Insert(at < 0 ? Lines.Count : at, line);
    }

    /// <summary>Removes every line of this name.</summary>
    public void RemoveLines(string name) => Lines.RemoveAll(line => line.Name == name);
}
