using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Surety.Server.Api;

namespace Surety.Server.Features.Certificates;

/// <summary>An issuer as the API shows it: without its credentials.</summary>
internal sealed record CertificateIssuerInfo
{
    /// <summary>Always <c>certificate-issuer</c>.</summary>
    public string Object { get; init; } = "certificate-issuer";

    public required EntityId Id { get; init; }

    public required string Name { get; init; }

    public required string? Description { get; init; }

    public required CertificateIssuerType IssuerType { get; init; }

    public required IReadOnlyDictionary<string, string> IssuerAttributes { get; init; }

    public required string Etag { get; init; }

    [JsonConverter(typeof(SecondsJsonConverter))]
    public required DateTimeOffset CreatedAt { get; init; }

    public static CertificateIssuerInfo Of(CertificateIssuer issuer) => new()
    {
        Id = issuer.Id,
        Name = issuer.Name,
        Description = issuer.Description,
        IssuerType = issuer.Type,
        IssuerAttributes = JsonSerializer.Deserialize<Dictionary<string, string>>(issuer.Attributes)!,
        Etag = issuer.Version.ToString(CultureInfo.InvariantCulture),
        CreatedAt = issuer.CreatedAt,
    };
}
