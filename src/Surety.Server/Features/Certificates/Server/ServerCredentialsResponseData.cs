using System.Text.Json.Serialization;
using Surety.Server.Api;

namespace Surety.Server.Features.Certificates;

/// <summary>How to reach and believe one server.</summary>
internal sealed record ServerCredentialsResponseData
{
    /// <summary>Always <c>server-credentials</c>.</summary>
    public string Object { get; init; } = "server-credentials";

    public required EntityId Id { get; init; }

    /// <summary>Scheme, host and port.</summary>
    public required string ServerUri { get; init; }

    /// <summary>PEM of the authority above the server.</summary>
    public required string ServerCertificate { get; init; }

    public string Etag { get; init; } = "1";

    [JsonConverter(typeof(SecondsJsonConverter))]
    public required DateTimeOffset CreatedAt { get; init; }
}
