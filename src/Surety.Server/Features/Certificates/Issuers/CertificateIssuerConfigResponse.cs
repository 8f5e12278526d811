using System.Globalization;
using System.Text.Json.Serialization;
using Surety.Server.Api;

namespace Surety.Server.Features.Certificates;

/// <summary>Which issuer makes the certificates of a name.</summary>
internal sealed record CertificateIssuerConfigResponse
{
    /// <summary>Always <c>certificate-issuer-configuration</c>.</summary>
    public string Object { get; init; } = "certificate-issuer-configuration";

    public required EntityId Id { get; init; }

    /// <summary>The name of the certificate on the device.</summary>
    public required string Reference { get; init; }

    /// <summary>Null: the platform's own authority.</summary>
    public required EntityId? CertificateIssuerId { get; init; }

    /// <summary>False for <c>LWM2M</c>, which is always there.</summary>
    public required bool IsCustom { get; init; }

    public required string Etag { get; init; }

    [JsonConverter(typeof(SecondsJsonConverter))]
    public required DateTimeOffset CreatedAt { get; init; }

    [JsonConverter(typeof(SecondsJsonConverter))]
    public required DateTimeOffset UpdatedAt { get; init; }

    public static CertificateIssuerConfigResponse Of(CertificateIssuerConfig config) => new()
    {
        Id = config.Id,
        Reference = config.Reference,
        CertificateIssuerId = config.IssuerId,
        IsCustom = config.Reference != CertificateOrder.Lwm2m,
        Etag = config.Version.ToString(CultureInfo.InvariantCulture),
        CreatedAt = config.CreatedAt,
        UpdatedAt = config.UpdatedAt,
    };
}
