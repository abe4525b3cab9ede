using CalendarActors.Grains.Interfaces.Grants;

namespace CalendarActors.Gateway.Wire;

/// <summary>Collects everything that is wrong with a request, so that its sender learns all of it at once.</summary>
internal sealed class RequestFaults
{
    /// <summary>More would only repeat themselves.</summary>
    private const int Most = 50;

    private readonly List<FieldError> _errors = [];

    public bool Any => _errors.Count > 0;

    public IReadOnlyList<FieldError> Errors => _errors;

    public void Add(string field, string key, string description)
    {
        if (_errors.Count < Most)
        {
            _errors.Add(new FieldError(field, key, description));
        }
    }
}
