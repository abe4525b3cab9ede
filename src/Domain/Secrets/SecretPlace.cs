namespace CalendarActors.Domain.Secrets;

/// <summary>Where a sealed value is stored: it opens nowhere else.</summary>
/// <param name="GrainType">The grain's type word, such as <c>connection</c>.</param>
/// <param name="GrainKey">The grain's key.</param>
/// <param name="Field">The state's field.</param>
public readonly record struct SecretPlace(string GrainType, string GrainKey, string Field)
{
    /// <summary>The associated data: the three parts, separated by a byte that none of them has.</summary>
    public byte[] ToAssociatedData() => System.Text.Encoding.UTF8.GetBytes($"{GrainType}\n{GrainKey}\n{Field}");
}
