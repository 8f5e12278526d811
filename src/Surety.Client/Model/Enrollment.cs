namespace Surety.Client;

/// <summary>The claim of an account to a device that has not come yet. (<c>/v3/device-enrollments</c>)</summary>
public sealed record Enrollment
{
    /// <summary>The id, 32 hexadecimal digits.</summary>
    public string Id { get; init; } = "";

    /// <summary>The account.</summary>
    public string? AccountId { get; init; }

    /// <summary><c>A-</c> and the SHA-256 fingerprint of the device's certificate, bytes with colons.</summary>
    public string? EnrollmentIdentity { get; init; }

    /// <summary>The device, when it has come.</summary>
    public string? EnrolledDeviceId { get; init; }

    /// <summary>When it came.</summary>
    public DateTimeOffset? ClaimedAt { get; init; }

    /// <summary>When the claim ends.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset? CreatedAt { get; init; }
}
