using System.Globalization;
using System.Text.Json.Serialization;
using Surety.Server.Api;

namespace Surety.Server.Features.Certificates;

/// <summary>A trusted certificate as the API shows it.</summary>
internal sealed record TrustedCertificateResp
{
    /// <summary>Always <c>trusted-cert</c>.</summary>
    public string Object { get; init; } = "trusted-cert";

    public required EntityId Id { get; init; }

    public required EntityId AccountId { get; init; }

    public required string Name { get; init; }

    public required string? Description { get; init; }

    public required TrustedCertificateService Service { get; init; }

    public required TrustedCertificateStatus Status { get; init; }

    public required bool EnrollmentMode { get; init; }

    /// <summary>1 for a developer certificate; absent for others.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public required int? DeviceExecutionMode { get; init; }

    /// <summary>PEM, as it was uploaded.</summary>
    public required string Certificate { get; init; }

    /// <summary>SHA-256 of the certificate's DER, hexadecimal.</summary>
    public required string CertificateFingerprint { get; init; }

    public required string Subject { get; init; }

    public required string Issuer { get; init; }

    /// <summary>Until when the certificate is valid.</summary>
    [JsonConverter(typeof(SecondsJsonConverter))]
    public required DateTimeOffset Validity { get; init; }

    /// <summary>It has not expired.</summary>
    public required bool Valid { get; init; }

    /// <summary>The key that uploaded it.</summary>
    public required EntityId? OwnerId { get; init; }

    public required string Etag { get; init; }

    [JsonConverter(typeof(SecondsJsonConverter))]
    public required DateTimeOffset CreatedAt { get; init; }

    [JsonConverter(typeof(SecondsJsonConverter))]
    public required DateTimeOffset UpdatedAt { get; init; }

    public static TrustedCertificateResp Of(TrustedCertificate certificate, DateTimeOffset now) => new()
    {
        Id = certificate.Id,
        AccountId = certificate.AccountId,
        Name = certificate.Name,
        Description = certificate.Description,
        Service = certificate.Service,
        Status = certificate.Status,
        EnrollmentMode = certificate.EnrollmentMode,
        DeviceExecutionMode = certificate.DeviceExecutionMode,
        Certificate = certificate.Certificate,
        CertificateFingerprint = certificate.Fingerprint,
        Subject = certificate.Subject,
        Issuer = certificate.Issuer,
        Validity = certificate.Validity,
        Valid = certificate.Validity > now,
        OwnerId = certificate.OwnerId,
        Etag = certificate.Version.ToString(CultureInfo.InvariantCulture),
        CreatedAt = certificate.CreatedAt,
        UpdatedAt = certificate.UpdatedAt,
    };
}
