namespace Surety.Server.Features.Enrollment;

/// <summary>Knows whose pre-shared keys are.</summary>
internal interface IPreSharedKeyOwners
{
    /// <summary>The account and device of a key; null when there is no such key.</summary>
    /// <param name="identity">The PSK identity, as the device sent it.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    ValueTask<(EntityId AccountId, string EndpointName)?> FindAsync(ReadOnlyMemory<byte> identity, CancellationToken cancellationToken);
}
