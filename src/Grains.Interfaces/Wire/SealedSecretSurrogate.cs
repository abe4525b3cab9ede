using System.Runtime.InteropServices;
using CalendarActors.Domain.Secrets;

namespace CalendarActors.Grains.Interfaces.Wire;

/// <summary>A <see cref="SealedSecret"/> on the wire and in stored state.</summary>
[GenerateSerializer, Alias("sealed-secret")]
public struct SealedSecretSurrogate
{
    /// <summary>See <see cref="SealedSecret.Bytes"/>; as an array, because an immutable one travels element by element.</summary>
    [Id(0)]
    public byte[] Bytes { get; set; }
}

/// <summary>Converts <see cref="SealedSecret"/>.</summary>
[RegisterConverter]
public sealed class SealedSecretConverter : IConverter<SealedSecret, SealedSecretSurrogate>
{
    /// <inheritdoc/>
    public SealedSecret ConvertFromSurrogate(in SealedSecretSurrogate surrogate) =>
        new(ImmutableCollectionsMarshal.AsImmutableArray(surrogate.Bytes));

    /// <inheritdoc/>
    public SealedSecretSurrogate ConvertToSurrogate(in SealedSecret value) => new()
    {
        Bytes = ImmutableCollectionsMarshal.AsArray(value.Bytes)!,
    };
}
