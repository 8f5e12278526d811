using System.Text.Json.Serialization;

namespace Surety.Client;

/// <summary>A certificate for devices of the laboratory. (<c>/v3/developer-certificates</c>)</summary>
public sealed record DeveloperCertificate
{
    /// <summary>The id, 32 hexadecimal digits.</summary>
    public string Id { get; init; } = "";

    /// <summary>The name.</summary>
    public string? Name { get; init; }

    /// <summary>The description.</summary>
    public string? Description { get; init; }

    /// <summary>The certificate, PEM.</summary>
    [JsonPropertyName("developer_certificate")]
    public string? Certificate { get; init; }

    /// <summary>Its key, PEM. A secret.</summary>
    [JsonPropertyName("developer_private_key")]
    public string? PrivateKey { get; init; }

    /// <summary>Both as a C file for Pelion's device client. A secret.</summary>
    public string? SecurityFileContent { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset? CreatedAt { get; init; }
}
