namespace CalendarActors.Gateway.Tests.Sdks;

/// <summary>The vendor's libraries, each with its habits: a column of the table of what they really send.</summary>
public enum Sdk
{
    /// <summary>npm <c>cronofy</c> 3.8.4.</summary>
    Node,

    /// <summary><c>pycronofy</c> 2.0.7.</summary>
    Python,

    /// <summary><c>cronofy/cronofy-php</c> 1.7.4.</summary>
    Php,

    /// <summary><c>cronofy</c> 0.41.2.</summary>
    Ruby,

    /// <summary><c>Cronofy</c> 1.12.8.</summary>
    CSharp,
}
