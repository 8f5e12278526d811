namespace Surety.Server.Features.Directory;

/// <summary>A device that was admitted to bootstrap: what its record is to say. What is null stays as it is in a record that is there.</summary>
/// <param name="AccountId">Whose it is.</param>
/// <param name="EndpointName">Its endpoint name.</param>
internal sealed record DeviceEnrolment(EntityId AccountId, string EndpointName)
{
    /// <summary>What kind of certificate it came with; null for a key, or the platform's own certificate.</summary>
    public DeviceExecutionMode? ExecutionMode { get; init; }

    /// <summary>Fingerprint of the device's certificate.</summary>
    public string? DeviceKey { get; init; }

    /// <summary>Id of the trusted certificate that vouches for it.</summary>
    public string? CaId { get; init; }

    /// <summary>SHA-256 of that certificate, 64 hexadecimal digits.</summary>
    public string? IssuerFingerprint { get; init; }

    /// <summary>notAfter of the device's certificate.</summary>
    public DateOnly? BootstrapExpirationDate { get; init; }

    /// <summary>When the account enrolled the device.</summary>
    public DateTimeOffset? EnrolmentListTimestamp { get; init; }

    /// <summary>Devices that may share the certificate, this one included; null: any number.</summary>
    public int? MaxSharing { get; init; }

    /// <summary>The device was reset: if it had a life before, it gets a new id, and the old record goes.</summary>
    public bool IsNewLife { get; init; }
}
