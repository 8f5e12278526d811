using Surety.Server.Features.Audit;
using Surety.Server.Storage;

namespace Surety.Server.Features.Factory;

/// <summary>A manifest that was imported: what a factory has made in a batch.</summary>
[Audited("factory_manifest", Label = nameof(Batch))]
internal sealed class FactoryManifestRecord : IEntity, IAccountOwned
{
    /// <summary>Longest name of a factory, a batch or a quota, characters.</summary>
    public const int MaxName = 255;

    public EntityId Id { get; init; }

    public EntityId AccountId { get; init; }

    public required string Factory { get; init; }

    public required string Batch { get; init; }

    public required string Quota { get; init; }

    public DateTimeOffset MadeAt { get; init; }

    /// <summary>Devices that were asked for.</summary>
    public int Requested { get; init; }

    /// <summary>Devices that were made.</summary>
    public int Made { get; init; }

    /// <summary>Devices that were not known before.</summary>
    public int New { get; init; }

    /// <summary>Certificates that are in the manifest more than once: how often too many.</summary>
    public int Repeated { get; init; }

    /// <summary>Certificates that another manifest had before.</summary>
    public int Known { get; init; }

    /// <summary>Enrolled by the import.</summary>
    public int Enrolled { get; set; }

    /// <summary>Entries of the factory's log before the batch, and after it.</summary>
    public int LogStart { get; init; }

    public int LogSize { get; init; }

    /// <summary>Root of the factory's log after the batch, hexadecimal.</summary>
    public required string LogRoot { get; init; }

    /// <summary>What was not made and why: JSON, the first ones.</summary>
    public required string Failures { get; init; }

    [NotAudited("the time of the entry")]
    public DateTimeOffset CreatedAt { get; init; }
}
