using System.Text.Json;
using System.Text.Json.Serialization;
using Surety.Pki;
using Surety.Server.Api.Filters;

namespace Surety.Server.Features.Factory;

/// <summary>An imported manifest as the API shows it.</summary>
internal sealed record FactoryManifestData
{
    public static readonly FilterSet<FactoryManifestRecord> Filters = new FilterSet<FactoryManifestRecord>()
        .Equality("batch", manifest => manifest.Batch, value => value)
        .Time("created_at", manifest => manifest.CreatedAt)
        .Equality("factory", manifest => manifest.Factory, value => value)
        .Id("id", manifest => manifest.Id)
        .Time("made_at", manifest => manifest.MadeAt);

    /// <summary>Always <c>factory-manifest</c>.</summary>
    public string Object { get; init; } = "factory-manifest";

    public required EntityId Id { get; init; }

    public required EntityId AccountId { get; init; }

    public required string Factory { get; init; }

    public required string Batch { get; init; }

    /// <summary>The quota that the batch was made under.</summary>
    public required string Quota { get; init; }

    public required DateTimeOffset MadeAt { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Devices that were asked for.</summary>
    public required int Requested { get; init; }

    /// <summary>Devices that were made.</summary>
    public required int Made { get; init; }

    /// <summary>Made of those requested, 0 to 1.</summary>
    public required double Yield { get; init; }

    /// <summary>Devices that were not known before.</summary>
    public required int New { get; init; }

    /// <summary>Certificates that are in the manifest more than once: two devices with one identity.</summary>
    public required int Repeated { get; init; }

    /// <summary>Certificates that another manifest had before, of this account or another one.</summary>
    public required int Known { get; init; }

    /// <summary>Devices that the import has enrolled.</summary>
    public required int Enrolled { get; init; }

    /// <summary>Entries of the factory's log before the batch.</summary>
    public required int LogStart { get; init; }

    /// <summary>Entries of the factory's log after the batch.</summary>
    public required int LogSize { get; init; }

    /// <summary>Root of the factory's log after the batch, hexadecimal.</summary>
    public required string LogRoot { get; init; }

    /// <summary>What was not made and why, the first 100.</summary>
    public required IReadOnlyList<FactoryFailure> Failures { get; init; }

    /// <summary>Of one manifest: what has become of its devices.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public FactoryReconciliation? Reconciliation { get; init; }

    public static FactoryManifestData Of(FactoryManifestRecord manifest) => new()
    {
        Id = manifest.Id,
        AccountId = manifest.AccountId,
        Factory = manifest.Factory,
        Batch = manifest.Batch,
        Quota = manifest.Quota,
        MadeAt = manifest.MadeAt,
        CreatedAt = manifest.CreatedAt,
        Requested = manifest.Requested,
        Made = manifest.Made,
        Yield = manifest.Requested == 0 ? 1 : (double)manifest.Made / manifest.Requested,
        New = manifest.New,
        Repeated = manifest.Repeated,
        Known = manifest.Known,
        Enrolled = manifest.Enrolled,
        LogStart = manifest.LogStart,
        LogSize = manifest.LogSize,
        LogRoot = manifest.LogRoot,
        Failures = JsonSerializer.Deserialize<IReadOnlyList<FactoryFailure>>(manifest.Failures) ?? [],
    };
}
