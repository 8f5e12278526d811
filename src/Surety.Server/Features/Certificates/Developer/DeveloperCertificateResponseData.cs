using System.Text.Json.Serialization;
using Surety.Server.Api;

namespace Surety.Server.Features.Certificates;

/// <summary>A developer certificate with its key, to be built into development devices.</summary>
internal sealed record DeveloperCertificateResponseData
{
    /// <summary>Always <c>trusted-cert</c>.</summary>
    public string Object { get; init; } = "trusted-cert";

    public required EntityId Id { get; init; }

    public required EntityId AccountId { get; init; }

    public required string Name { get; init; }

    public required string? Description { get; init; }

    /// <summary>PEM.</summary>
    public required string DeveloperCertificate { get; init; }

    /// <summary>PKCS #8 in PEM.</summary>
    public required string DeveloperPrivateKey { get; init; }

    /// <summary>C source that Pelion's device client compiles in: <c>mbed_cloud_dev_credentials.c</c>.</summary>
    public required string SecurityFileContent { get; init; }

    public required string Etag { get; init; }

    [JsonConverter(typeof(SecondsJsonConverter))]
    public required DateTimeOffset CreatedAt { get; init; }
}
